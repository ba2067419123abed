/// The number of an incoming connection (ICID): never used twice on an appliance.
struct InjectionConnectionID: Hashable, Sendable, CustomStringConvertible {
  /// The number, from 1.
  let number: Int

  /// Makes an ID from its number.
  init(number: Int) { self.number = number }

  /// The number.
  var description: String { String(number) }
}
