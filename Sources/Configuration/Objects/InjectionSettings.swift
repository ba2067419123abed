/// What all listeners share (`listenerconfig` > SETUP).
public struct InjectionSettings: SingletonValue {
  /// The kind under which it is stored.
  public static let kind = ObjectKind.injection

  /// Connections at a time, over all listeners.
  public var maxConnections = 600
  /// TLS connections at a time, over all listeners.
  public var maxTLSConnections = 400
  /// Seconds that a client may be silent.
  public var idleTime = 300
  /// Seconds that a connection may last.
  public var connectionTime = 900

  /// Makes the factory's settings.
  public init() {}
}
