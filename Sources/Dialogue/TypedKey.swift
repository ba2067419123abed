/// Tells a private key's lines from others where one comes as answers to questions that did not ask for
/// it: a clipboard that holds more than the paste took, or the wrong window.
public struct TypedKey: Sendable {
  /// No key has more lines; what comes later is an answer, whatever it looks like.
  private static let mostLines = 500

  /// How many lines the key may still have; 0 outside of one.
  private var remaining = 0

  /// Has seen no line.
  public init() {}

  /// Whether a line is a part of a private key in PEM (RFC 7468), from its first line to its last.
  ///
  /// - Parameter line: the next one.
  public mutating func includes(_ line: String) -> Bool {
    if line.contains("BEGIN "), line.contains("PRIVATE KEY-----") {
      remaining = line.contains("-----END") ? 0 : Self.mostLines
      return true
    }
    guard remaining > 0 else { return false }
    remaining = line.contains("-----END") || !Self.mayBePart(line) ? 0 : remaining - 1
    return Self.mayBePart(line)
  }

  /// Whether it is base64, a header of an encrypted key (RFC 1421), empty, or the end.
  private static func mayBePart(_ line: String) -> Bool {
    line.contains("-----END") || line.hasPrefix("Proc-Type:") || line.hasPrefix("DEK-Info:")
      || line.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"),
          UInt8(ascii: "="):
          true
        default: false
        }
      }
  }
}
