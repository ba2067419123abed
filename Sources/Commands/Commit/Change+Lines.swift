import Configuration

extension Change {
  /// The change as lines for people: what is new, what is gone, which settings differ.
  var lines: [String] {
    guard let before else { return ["+ \(key)"] }
    guard let after else { return ["- \(key)"] }
    let old = Self.settings(of: before)
    let new = Self.settings(of: after)
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

  private static func settings(of value: AnyConfigurationValue) -> [(name: String, value: String)] {
    if let profile = value.value as? CertificateProfile { return profile.facts }
    return value.settings.map { ($0.name, $0.value) }
  }

  /// A value on one line; a long one is cut short.
  private static func shown(_ value: String?) -> String {
    guard let value else { return "(none)" }
    let line = value.split(whereSeparator: \.isNewline).joined(separator: " ")
    let short = line.count > 80 ? "\(line.prefix(77))..." : line
    return short.isEmpty ? "\"\"" : short
  }
}
