import Configuration

extension Change {
  /// The change as lines for people: what is new, what is gone, which settings differ.
  var lines: [String] {
    guard let before else { return ["+ \(key)"] }
    guard let after else { return ["- \(key)"] }
    let old = before.settings
    let new = after.settings
    let names =
      old.map(\.name) + new.map(\.name).filter { name in !old.contains { $0.name == name } }
    let oldValues = Dictionary(old.map { ($0.name, $0.value) }) { first, _ in first }
    let newValues = Dictionary(new.map { ($0.name, $0.value) }) { first, _ in first }
    let differing = names.filter { oldValues[$0] != newValues[$0] }
    return ["~ \(key)"]
      + differing.map { name in
        "    \(name): \(Self.shown(oldValues[name])) -> \(Self.shown(newValues[name]))"
      }
  }

  /// A value on one line; certificates and the like are cut short.
  private static func shown(_ value: String?) -> String {
    guard let value else { return "(none)" }
    let line = value.split(whereSeparator: \.isNewline).joined(separator: " ")
    let short = line.count > 60 ? "\(line.prefix(48))..." : line
    return short.isEmpty ? "\"\"" : short
  }
}
