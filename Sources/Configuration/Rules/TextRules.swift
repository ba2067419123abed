// What texts may hold that come from answers and from files, and go into replies, headers and tables.
extension StringProtocol {
  /// Whether a group, or a policy without its dollar sign, can be called so.
  public var isTableWord: Bool {
    (1...32).contains(count)
      && allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
  }

  /// Whether it can stand in a reply of one line.
  public var isReplyText: Bool {
    utf8.count <= 200 && utf8.allSatisfy { (32..<127).contains($0) }
  }

  /// Whether it can stand in a list of addresses and domains.
  public var isListedAddress: Bool {
    !isEmpty && !holdsControls && !contains { $0.isWhitespace || $0 == "\"" }
  }

  /// Whether it holds a character that no text of one line has, or that XML cannot hold.
  public var holdsControls: Bool {
    unicodeScalars.contains {
      $0.value < 32 || $0.value == 127 || $0.value == 0xFFFE || $0.value == 0xFFFF
    }
  }

  /// Whether it looks like joe@example.com (RFC 5321 section 4.1.2, without quoted local parts).
  public var isMailAddress: Bool {
    let parts = split(separator: "@", omittingEmptySubsequences: false)
    return parts.count == 2 && parts[0].isLocalPart && (try? HostName(String(parts[1]))) != nil
  }

  /// Whether it can stand before the @ of an address.
  var isLocalPart: Bool {
    (1...64).contains(utf8.count)
      && utf8.allSatisfy { (33..<127).contains($0) && !#"()<>,;:"\[]"#.utf8.contains($0) }
  }
}
