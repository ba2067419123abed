/// What the appliance itself looks for in a message's header.
package struct HeaderSummary: Equatable {
  /// How far a header is read and how much of a value is kept, in bytes.
  private static let limits = (header: 256 << 10, value: 500)

  /// The value of Message-ID as it stands there; nil without one.
  package private(set) var messageID: String?
  /// The value of Subject as it stands there, unfolded; nil without one.
  package private(set) var subject: String?
  /// How many hosts it went through: its Received headers.
  package private(set) var hops = 0

  /// Reads a header up to its empty line; of two fields with one name the first counts.
  ///
  /// - Parameter message: lines that end with CR LF.
  package init(of message: ArraySlice<UInt8>) {
    var rest = message.prefix(HeaderSummary.limits.header)
    while let field = HeaderSummary.takeField(from: &rest) {
      guard let colon = field.firstIndex(of: UInt8(ascii: ":")) else { continue }
      let value = field[(colon + 1)...]
      switch colon - field.startIndex {
      case 7 where HeaderSummary.isNamed("subject", field) && subject == nil:
        subject = HeaderSummary.text(value)
      case 8 where HeaderSummary.isNamed("received", field):
        hops += 1
      case 10 where HeaderSummary.isNamed("message-id", field) && messageID == nil:
        messageID = HeaderSummary.text(value)
      default: break
      }
    }
  }

  /// The next field with its folded lines; nil at the header's end.
  private static func takeField(from rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    var end = rest.startIndex
    repeat {
      guard let lineEnd = rest[end...].firstIndex(of: UInt8(ascii: "\n")) else {
        end = rest.endIndex
        break
      }
      end = lineEnd + 1
    } while end < rest.endIndex && isBlank(rest[end])
    let field = rest[..<end]
    rest = rest[end...]
    return field.isEmpty || field.first == UInt8(ascii: "\r") ? nil : field
  }

  private static func isNamed(_ name: StaticString, _ field: ArraySlice<UInt8>) -> Bool {
    name.withUTF8Buffer { name in zip(name, field).allSatisfy { $0 == $1 | 0x20 } }
  }

  /// Line ends of a folded value go, the blanks behind them stay (RFC 5322 §2.2.3).
  private static func text(_ value: ArraySlice<UInt8>) -> String {
    var bytes = value.prefix(2 * limits.value).filter { $0 != 0x0D && $0 != 0x0A }
      .drop(while: isBlank).prefix(limits.value)
    while let last = bytes.last, isBlank(last) { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
