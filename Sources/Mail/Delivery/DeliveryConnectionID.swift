/// The number of an outgoing connection (DCID): never used twice on an appliance.
public struct DeliveryConnectionID: Hashable, Sendable, CustomStringConvertible {
  /// The number, from 1; 0 stands for no connection at all.
  public let number: Int

  /// What the log says where there was no connection.
  public static let none = DeliveryConnectionID(number: 0)

  /// Makes an ID from its number.
  public init(number: Int) { self.number = number }

  /// The number.
  public var description: String { String(number) }
}
