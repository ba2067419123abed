/// How mail leaves the appliance (`deliveryconfig`).
public struct DeliverySettings: SingletonValue {
  /// The kind under which it is stored.
  public static let kind = ObjectKind.delivery

  /// The interface that deliveries leave from; nil for Auto (G11).
  public var interface: String?
  /// Whether a connection lost after the final dot counts as delivered.
  public var possibleDelivery = false
  /// Connections at a time, over all domains.
  public var maxConnections = 10000
  /// TLS connections at a time, over all domains.
  public var maxTLSConnections = 100

  /// Makes the factory's settings.
  public init() {}
}
