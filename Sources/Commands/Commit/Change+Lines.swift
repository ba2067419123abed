import Configuration

extension Change {
  /// The change as lines for people: what is new, what is gone, which settings differ.
  var lines: [String] {
    guard let before else { return ["+ \(key)"] }
    guard let after else { return ["- \(key)"] }
    let old = Self.settings(of: before)
    let new = Self.settings(of: after)
    let oldValues = Dictionary(old.map { ($0.name, $0.value) }) { first, _ in first }
    let newValues = Dictionary(new.map { ($0.name, $0.value) }) { first, _ in first }
    let names = old.map(\.name) + new.map(\.name).filter { oldValues[$0] == nil }
    // A list or group without anything in it is no setting where the other side has what is in it.
    let groups = Self.groups(of: old.map(\.name) + new.map(\.name))
    let differing = names.filter { oldValues[$0] != newValues[$0] && !groups.contains($0[...]) }
    return ["~ \(key)"]
      + differing.map { name in
        "    \(name): \(Self.shown(oldValues[name])) -> \(Self.shown(newValues[name]))"
      }
  }

  /// Everything that something stands in: `a` and `a/b` of `a/b/c`, and the object itself.
  private static func groups(of names: [String]) -> Set<Substring> {
    Set(
      names.lazy.filter { !$0.isEmpty }.flatMap { name in
        [name[..<name.startIndex]] + name.indices.filter { name[$0] == "/" }.map { name[..<$0] }
      })
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
