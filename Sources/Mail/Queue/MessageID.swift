/// The number of a message in the mail log (MID).
public struct MessageID: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The number, from 1.
  public let number: Int

  /// Makes the identifier of a number.
  public init(number: Int) { self.number = number }

  /// Orders by number.
  public static func < (left: MessageID, right: MessageID) -> Bool { left.number < right.number }

  /// The number alone.
  public var description: String { "\(number)" }
}
