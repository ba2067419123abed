/// Who is told of what (`alertconfig`).
public struct AlertSettings: SingletonValue {
  /// The kind under which it is stored.
  public static let kind = ObjectKind.alerts

  /// One address with what it wants to hear of.
  public struct Subscription: Codable, Hashable, Sendable {
    /// The mail address.
    public var address: String
    /// Classes, such as `All` or `System`.
    public var classes: [String]
    /// Severities, such as `Warning`.
    public var severities: [String]

    /// Makes a subscription.
    public init(address: String, classes: [String], severities: [String]) {
      self.address = address
      self.classes = classes
      self.severities = severities
    }
  }

  /// The subscriptions.
  public var subscriptions: [Subscription] = []
  /// Seconds before a duplicate is sent again.
  public var initialHoldBack = 300
  /// The most seconds to which that doubles.
  public var maximumHoldBack = 3600
  /// The sender's address; nil for the appliance's own.
  public var fromAddress: String?

  /// Makes the factory's settings.
  public init() {}
}
