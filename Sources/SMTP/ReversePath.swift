/// The sender of an envelope: an address, or nothing for a bounce (RFC 5321 §4.1.2).
public struct ReversePath: Hashable, Sendable, CustomStringConvertible {
  /// The address without angle brackets and source route; empty for a bounce.
  public let address: String

  /// The part after the last `@`, in small letters; empty when there is none.
  public var domain: String {
    guard let at = address.lastIndex(of: "@") else { return "" }
    return address[address.index(after: at)...].lowercased()
  }

  /// Reads what follows `MAIL`: `FROM:<a@b> SIZE=…`; blanks after the colon and missing brackets
  /// are tolerated, as people type them.
  init?(argument: Substring) {
    guard argument.prefix(5).uppercased() == "FROM:" else { return nil }
    let rest = argument.dropFirst(5).trimmed
    guard rest.first == "<" else {
      let bare = rest.prefix { $0 != " " && $0 != "\t" }
      guard !bare.isEmpty, !bare.contains(where: { $0 == "<" || $0 == ">" }) else { return nil }
      address = String(bare)
      return
    }
    guard let end = ReversePath.closingBracket(of: rest) else { return nil }
    let after = rest[rest.index(after: end)...]
    guard after.isEmpty || after.first == " " || after.first == "\t" else { return nil }
    var path = rest[rest.index(after: rest.startIndex)..<end]
    // A source route `@a,@b:` is accepted and ignored (RFC 5321 appendix C).
    if path.first == "@" {
      guard let colon = path.firstIndex(of: ":") else { return nil }
      path = path[path.index(after: colon)...]
    }
    address = String(path)
  }

  /// The first `>` outside a quoted local part.
  private static func closingBracket(of path: Substring) -> Substring.Index? {
    var isQuoted = false
    var isEscaped = false
    for index in path.indices {
      switch path[index] {
      case _ where isEscaped: isEscaped = false
      case "\\" where isQuoted: isEscaped = true
      case "\"": isQuoted.toggle()
      case ">" where !isQuoted: return index
      default: break
      }
    }
    return nil
  }

  /// Whether an entry of an address list means this sender: an address, a local part with `@`,
  /// a domain with or without `@`, `.domain` for its sub-domains.
  public func matches(_ entry: String) -> Bool {
    let entry = entry.lowercased()
    let address = address.lowercased()
    guard !entry.isEmpty, !address.isEmpty else { return false }
    if entry == address { return true }
    if entry.hasSuffix("@") { return address.hasPrefix(entry) }
    if entry.hasPrefix("@") { return domain == entry.dropFirst() }
    if entry.hasPrefix(".") { return domain.hasSuffix(entry) }
    return !entry.contains("@") && domain == entry
  }

  /// The address in angle brackets.
  public var description: String { "<\(address)>" }
}
