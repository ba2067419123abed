/// The number of an outgoing connection (DCID): never used twice on an appliance.
struct DeliveryConnectionID: Hashable, Sendable, CustomStringConvertible {
  /// The number, from 1; 0 stands for no connection at all.
  let number: Int

  /// What the log says where there was no connection.
  static let none = DeliveryConnectionID(number: 0)

  /// Makes an ID from its number.
  init(number: Int) { self.number = number }

  /// The number.
  var description: String { String(number) }
}
