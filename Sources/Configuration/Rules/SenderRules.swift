import Addresses

extension Sender {
  /// Reads an entry of a sender group: an address, a range, a network, a partial address, a host,
  /// a partial host, a reputation; a reputation is written with one decimal then.
  ///
  /// - Throws: `ConfigurationError` with the sentence that says what a sender is.
  public init(reading text: String, comment: String = "") throws(ConfigurationError) {
    let text = text.lowercased()
    // What has no letter is an address or a mistake in one, though `10.1.1.9-3` would be a name.
    let isName =
      text.contains(where: \.isLetter) && ((try? HostName(text)) != nil || text.isPartialDomain)
    guard let pattern = Self.reputation(text) ?? (Self.isAddress(text) || isName ? text : nil)
    else {
      throw ConfigurationError(
        "\"\(text.printable)\" is no sender: enter an address, a range such as 10.1.1.10-20, a "
          + "network such as 10.1.1.0/24, a partial address such as 10.1.1., a hostname, a partial "
          + "hostname such as .example.com, or a reputation such as sbrs[-3.0:-1.0] or sbrs[none].")
    }
    self.init(pattern, comment: comment)
  }

  // MARK: Addresses

  private static func isAddress(_ text: String) -> Bool {
    if text.contains("/") { return isNetwork(text) }
    let ends = text.split(separator: "-", omittingEmptySubsequences: false)
    if ends.count == 2, let low = IPv4Address(String(ends[0])),
      let high = IPv4Address(String(ends[1]))
    {
      return low <= high
    }
    return isPartialAddress(text)
  }

  /// `10.1.1.0/24`; what the length leaves open must be zero.
  private static func isNetwork(_ text: String) -> Bool {
    IPv4Network(text)?.description == text
  }

  /// `10.`, `10.1.`, `10.1.1.`, `10.1.1.1`, the last part perhaps a range; where a dot stands
  /// within, the final one may lack.
  private static func isPartialAddress(_ text: String) -> Bool {
    let isOpen = text.last == "."
    let parts = (isOpen ? text.dropLast() : text[...])
      .split(separator: ".", omittingEmptySubsequences: false)
    // A single number without a dot is rather a slip than a network of 16 million hosts.
    guard let last = parts.last, parts.count <= (isOpen ? 3 : 4), parts.count > 1 || isOpen else {
      return false
    }
    let ends = last.split(separator: "-", omittingEmptySubsequences: false)
    let bytes = (parts.dropLast() + ends).map(byte)
    guard (1...2).contains(ends.count), !bytes.contains(nil) else { return false }
    return ends.count == 1 || byte(ends[0]) ?? 0 <= byte(ends[1]) ?? 0
  }

  private static func byte(_ text: Substring) -> UInt8? {
    text.allSatisfy { $0.isASCII && $0.isNumber } ? UInt8(text) : nil
  }

  // MARK: Reputations

  /// `sbrs[-3.0:-1.0]` or `sbrs[none]` for whatever means the same.
  private static func reputation(_ text: String) -> String? {
    guard text.hasPrefix("sbrs["), text.hasSuffix("]") else { return nil }
    let inside = text.dropFirst(5).dropLast()
    if inside == "none" { return text }
    let ends = inside.split(separator: ":", omittingEmptySubsequences: false).map(tenths)
    guard ends.count == 2, let low = ends[0], let high = ends[1], low <= high else { return nil }
    return "sbrs[\(score(low)):\(score(high))]"
  }

  /// A score from -10.0 to 10.0, in tenths.
  private static func tenths(_ text: Substring) -> Int? {
    let digits = text.first == "-" ? text.dropFirst() : text
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard let whole = parts.first.flatMap(byte), parts.count <= 2,
      let tenth = parts.count == 2 ? byte(parts[1]) : 0, parts.count == 1 || parts[1].count == 1
    else { return nil }
    let value = Int(whole) * 10 + Int(tenth)
    return value > 100 ? nil : text.first == "-" ? -value : value
  }

  private static func score(_ tenths: Int) -> String {
    "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }
}
