public import Mail
public import Transport

/// How an engine is run.
public struct EngineOptions: Sendable {
  /// Which network is served.
  public enum Network: Sendable {
    /// The loopback network of a slot.
    case lab
    /// The machine's own addresses, as they are configured.
    case real
  }

  /// Which network is served.
  public var network = Network.lab
  /// How much listeners and deliveries bear.
  public var mailLimits = MailEngine.Limits()
  /// How much the HTTPS pages bear.
  public var webLimits = WebLimits()
  /// How often the engine looks for commits and changed network files that nobody told it of.
  public var pollInterval = Duration.seconds(1)
  /// How long to wait for another engine to end, before giving up.
  public var patience = Duration.zero
  /// Whether it ends when another process asks for its place: a shell serves only until `serve` comes.
  public var yields = false

  /// What lets users in from outside; nil where nobody comes in that way.
  public var remoteDoor: (any RemoteDoor)?

  /// Makes the usual options.
  public init() {}
}
