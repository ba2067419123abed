/// A certificate or key that a TLS server must show (RFC 6698 §2.1).
public struct TLSARecord: Hashable, Sendable, CustomStringConvertible {
  /// What the data constrain: 2 a trust anchor, 3 the server's own certificate; SMTP treats 0 and
  /// 1 as unusable (RFC 7672 §3.1.3).
  public let usage: UInt8
  /// What is compared: 0 the whole certificate, 1 its public key.
  public let selector: UInt8
  /// How it is compared: 0 as it stands, 1 by SHA-256, 2 by SHA-512.
  public let matching: UInt8
  /// The certificate association data.
  public let data: [UInt8]

  /// Makes a record.
  public init(usage: UInt8, selector: UInt8, matching: UInt8, data: [UInt8]) {
    self.usage = usage
    self.selector = selector
    self.matching = matching
    self.data = data
  }

  /// As in a master file: `3 1 1 0123…`.
  public var description: String {
    let digits = data.map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    return "\(usage) \(selector) \(matching) \(digits.joined())"
  }
}
