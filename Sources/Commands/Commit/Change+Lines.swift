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
    let differing = names.filter { name in
      if name.hasSuffix("/\(AnyConfigurationValue.Setting.order)") {
        return Self.areReordered(oldValues[name], newValues[name])
      }
      return oldValues[name] != newValues[name] && !groups.contains(name[...])
    }
    return ["~ \(key)"]
      + differing.map { name in
        "    \(name): \(Self.shown(oldValues[name], newValues[name]))"
      }
  }

  /// Whether items that stand in both lists have changed places; new ones and lost ones are seen
  /// without that.
  private static func areReordered(_ old: String?, _ new: String?) -> Bool {
    let (before, after) = ((old ?? "").split(separator: ", "), (new ?? "").split(separator: ", "))
    return before.filter(after.contains) != after.filter(before.contains)
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

  /// Both values, each on one line; long ones are cut short, but never to the same.
  private static func shown(_ old: String?, _ new: String?) -> String {
    let (before, after) = (old.map(line), new.map(line))
    var shared = 0
    if let before, let after, short(before) == short(after) {
      shared = max(0, zip(before, after).prefix { $0 == $1 }.count - 20)
    }
    return [before, after].map { $0.map { short($0, leavingOut: shared) } ?? "(none)" }
      .joined(separator: " -> ")
  }

  private static func line(_ value: String) -> String {
    value.split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  private static func short(_ line: String, leavingOut shared: Int = 0) -> String {
    guard !line.isEmpty else { return "\"\"" }
    let rest = (shared > 0 ? "..." : "") + line.dropFirst(shared)
    return rest.count > 80 ? "\(rest.prefix(77))..." : rest
  }
}
