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
public struct AnyConfigurationValue: Hashable, Sendable {
  /// The value itself.
  public let value: any ConfigurationValue

  /// Wraps a value.
  public init(_ value: any ConfigurationValue) { self.value = value }

  /// Equal when both hold equal values of the same type.
  public static func == (left: AnyConfigurationValue, right: AnyConfigurationValue) -> Bool {
    func equals<Value: ConfigurationValue>(_ value: Value) -> Bool {
      value == right.value as? Value
    }
    return equals(left.value)
  }

  /// Hashes the value.
  public func hash(into hasher: inout Hasher) { value.hash(into: &hasher) }
}

/// A change of the configuration that its rules forbid, with the sentence for the user.
public struct ConfigurationError: Error, Equatable, CustomStringConvertible {
  /// One clear sentence.
  public var description: String

  /// Makes an error from its sentence.
  public init(_ sentence: String) { description = sentence }
}
