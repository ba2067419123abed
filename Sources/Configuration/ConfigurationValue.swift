/// A value that the configuration holds under an `ObjectKey`.
public protocol ConfigurationValue: Codable, Hashable, Sendable {
  /// The kind under which values of this type are stored.
  static var kind: ObjectKind { get }
}

/// A value of which there is exactly one; a fresh one holds the factory's settings.
public protocol SingletonValue: ConfigurationValue {
  /// Makes the factory's settings.
  init()
}

/// Any value of the configuration, comparable with any other.
///
/// Copies share the value, so that comparing what was never changed costs nothing.
public struct AnyConfigurationValue: Hashable, Sendable {
  private final class Box: Sendable {
    let value: any ConfigurationValue
    init(_ value: any ConfigurationValue) { self.value = value }
  }

  private let box: Box

  /// The value itself.
  public var value: any ConfigurationValue { box.value }

  /// Wraps a value.
  public init(_ value: any ConfigurationValue) { box = Box(value) }

  /// Equal when both hold equal values of the same type.
  public static func == (left: AnyConfigurationValue, right: AnyConfigurationValue) -> Bool {
    func equals<Value: ConfigurationValue>(_ value: Value) -> Bool {
      value == right.value as? Value
    }
    return left.box === right.box || equals(left.value)
  }

  /// Hashes the value.
  public func hash(into hasher: inout Hasher) { value.hash(into: &hasher) }
}
