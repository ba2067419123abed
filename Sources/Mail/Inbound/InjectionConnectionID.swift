/// The number of an incoming connection (ICID): never used twice on an appliance.
public struct InjectionConnectionID: Hashable, Sendable, CustomStringConvertible {
  /// The number, from 1.
  public let number: Int

  /// Makes an ID from its number.
  public init(number: Int) { self.number = number }

  /// The number.
  public var description: String { String(number) }
}
