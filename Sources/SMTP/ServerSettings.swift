/// What one connection's server session needs to know; fixed for its life.
public struct ServerSettings: Sendable {
  /// Whether STARTTLS is known.
  public enum StartTLS: Sendable {
    /// Not listed; the command is unknown.
    case off
    /// Listed; clear mail is taken too.
    case offered
    /// Listed; nothing else goes on before it (RFC 3207 §4).
    case required
  }

  /// The name in banner, EHLO answer and farewell.
  public var hostName: String
  /// The policy's text in the banner; empty for the usual one.
  public var banner: String
  /// The largest message, in bytes.
  public var maximumSize: Int
  /// Whether STARTTLS is known.
  public var startTLS: StartTLS
  /// Envelope senders that must use TLS though others need not; entries as in
  /// `EnvelopeAddress.matches`.
  public var sendersRequiringTLS: [String]
  /// For whom mail is taken.
  public var recipients = RecipientAccess.everybody
  /// The domain of addresses that are a local part alone; empty for none.
  public var defaultDomain = ""
  /// The most recipients of a message.
  public var recipientLimit = Int.max
  /// The most messages of a connection.
  public var messageLimit = Int.max
  /// The bad command that ends the connection: the fifth.
  public var badCommandLimit = 5
  /// The longest command line, in bytes; twice RFC 5321 §4.5.3.1.4's least, for parameters.
  public var lineLimit = 1024

  /// Makes settings without limits for recipients and messages.
  public init(
    hostName: String, banner: String = "", maximumSize: Int, startTLS: StartTLS,
    sendersRequiringTLS: [String] = []
  ) {
    self.hostName = hostName
    self.banner = banner
    self.maximumSize = maximumSize
    self.startTLS = startTLS
    self.sendersRequiringTLS = sendersRequiringTLS
  }
}
