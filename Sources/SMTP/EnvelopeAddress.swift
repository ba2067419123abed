/// An address of an envelope without angle brackets; empty for the sender of a bounce
/// (RFC 5321 §4.1.2).
public struct EnvelopeAddress: Hashable, Sendable, CustomStringConvertible {
  /// The address as it was written; printable ASCII only.
  public let text: String
  /// The part after the `@`, in small letters; empty when there is none.
  public let domain: String

  /// The sender of a bounce.
  public static let empty = EnvelopeAddress(text: "", domain: "")

  private init(text: String, domain: String) {
    self.text = text
    self.domain = domain
  }

  /// Reads an address; a local part alone is taken too.
  ///
  /// What could end a line or a path elsewhere is refused: control characters, bytes above 127,
  /// and blanks and brackets outside a quoted local part. So are domains with an empty label, a dot
  /// at the end included: the name servers would know the domain, its table entries would not.
  init?(_ bytes: ArraySlice<UInt8>) {
    guard let at = EnvelopeAddress.at(in: bytes) else { return nil }
    let domain = bytes[at...].dropFirst()
    if at < bytes.endIndex {
      let isLiteral = domain.first == UInt8(ascii: "[") && domain.last == UInt8(ascii: "]")
      guard at > bytes.startIndex, isLiteral || EnvelopeAddress.isDomain(domain) else { return nil }
    }
    text = String(decoding: bytes, as: UTF8.self)
    self.domain = String(decoding: domain, as: UTF8.self).lowercased()
  }

  /// Reads an address, such as `joe@example.com`; nil when it is none.
  public init?(_ text: String) { self.init(Array(text.utf8)[...]) }

  /// Where the `@` stands, or the end when there is none; nil when the bytes are no address.
  private static func at(in bytes: ArraySlice<UInt8>) -> Int? {
    var at: Int?
    var isQuoted = false
    var isEscaped = false
    for (index, byte) in zip(bytes.indices, bytes) {
      guard (0x20..<0x7F).contains(byte) else { return nil }
      switch byte {
      case _ where isEscaped: isEscaped = false
      case UInt8(ascii: "\\") where isQuoted: isEscaped = true
      case UInt8(ascii: "\"") where at == nil: isQuoted.toggle()
      case UInt8(ascii: "@") where !isQuoted:
        guard at == nil else { return nil }
        at = index
      case UInt8(ascii: " ") where !isQuoted, UInt8(ascii: "<") where !isQuoted,
        UInt8(ascii: ">") where !isQuoted:
        return nil
      default: break
      }
    }
    return isQuoted ? nil : at ?? bytes.endIndex
  }

  /// Whether these are labels with one dot between them (RFC 5321 §4.1.2).
  private static func isDomain(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      .allSatisfy { !$0.isEmpty && $0.allSatisfy(mayStandInLabel) }
  }

  private static func mayStandInLabel(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// Whether it is the sender of a bounce.
  public var isEmpty: Bool { text.isEmpty }

  /// The address with a domain, if it is a local part alone and the domain is not empty.
  func completed(with domain: String) -> EnvelopeAddress {
    guard !text.isEmpty, !domain.isEmpty, self.domain.isEmpty else { return self }
    return EnvelopeAddress(text: "\(text)@\(domain)", domain: domain.lowercased())
  }

  /// Whether an entry of an address list means this address: an address, a local part with `@`,
  /// a domain with or without `@`, `.domain` for its sub-domains.
  public func matches(_ entry: String) -> Bool {
    let entry = entry.lowercased()
    let address = text.lowercased()
    guard !entry.isEmpty, !address.isEmpty else { return false }
    if entry == address { return true }
    if entry.hasSuffix("@") { return address.hasPrefix(entry) }
    if entry.hasPrefix("@") { return domain == entry.dropFirst() }
    if entry.hasPrefix(".") { return domain.hasSuffix(entry) }
    return !entry.contains("@") && domain == entry
  }

  /// The address in angle brackets.
  public var description: String { "<\(text)>" }
}
