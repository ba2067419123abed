import Foundation

/// A value whose whole form is one text.
protocol ScalarText {
  /// What such a text is called in an error: `a whole number`.
  static var kind: String { get }
  init?(elementText: String)
  /// The text, or nil when this value has none.
  var elementText: String? { get }
}

extension String: ScalarText {
  static var kind: String { "text" }
  init?(elementText: String) { self = elementText }
  var elementText: String? { self }
}

extension Bool: ScalarText {
  static var kind: String { "yes or no" }

  init?(elementText: String) {
    switch elementText.trimmed {
    case "yes": self = true
    case "no": self = false
    default: return nil
    }
  }

  var elementText: String? { self ? "yes" : "no" }
}

extension ScalarText where Self: FixedWidthInteger {
  static var kind: String { "a whole number from \(min) to \(max)" }
  init?(elementText: String) { self.init(elementText.trimmed, radix: 10) }
  var elementText: String? { String(self) }
}

extension Int: ScalarText {}
extension Int8: ScalarText {}
extension Int16: ScalarText {}
extension Int32: ScalarText {}
extension Int64: ScalarText {}
extension Int128: ScalarText {}
extension UInt: ScalarText {}
extension UInt8: ScalarText {}
extension UInt16: ScalarText {}
extension UInt32: ScalarText {}
extension UInt64: ScalarText {}
extension UInt128: ScalarText {}

extension ScalarText where Self: LosslessStringConvertible & BinaryFloatingPoint {
  static var kind: String { "a number" }
  init?(elementText: String) { self.init(elementText.trimmed) }
  // The standard library's description is the shortest text that reads back as the same value.
  var elementText: String? { description }
}

extension Double: ScalarText {}
extension Float: ScalarText {}

extension Date: ScalarText {
  static var kind: String { "a time such as 2026-11-24T18:00:12Z" }

  init?(elementText: String) {
    guard let seconds = UTCText.seconds(of: elementText.trimmed) else { return nil }
    self.init(timeIntervalSinceReferenceDate: seconds)
  }

  var elementText: String? { UTCText.text(of: timeIntervalSinceReferenceDate) }
}

extension Data: ScalarText {
  static var kind: String { "base64" }
  init?(elementText: String) {
    self.init(base64Encoded: elementText, options: .ignoreUnknownCharacters)
  }
  var elementText: String? { base64EncodedString() }
}

extension StringProtocol {
  /// The text without the blanks that a hand-edited file may have around a value.
  var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
