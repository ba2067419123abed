public import Foundation

/// How it stands with a destination: what `hoststatus` and `tophosts` show.
public struct HostStatus: Codable, Hashable, Sendable {
  /// Whether mail gets there.
  public enum State: String, Codable, Sendable {
    case up, down, unknown
  }

  /// A host that takes mail for the destination.
  public struct Exchanger: Codable, Hashable, Sendable {
    /// The MX preference, or a route's priority.
    public var preference: Int
    /// The host's name or address.
    public var name: String
    /// Its addresses.
    public var addresses: [String]
    /// Seconds for which the answer may be kept; nil for what is configured.
    public var ttl: Int?

    /// Makes an entry.
    public init(preference: Int, name: String, addresses: [String], ttl: Int?) {
      self.preference = preference
      self.name = name
      self.addresses = addresses
      self.ttl = ttl
    }
  }

  /// Something that happened, and when.
  public struct Event: Codable, Hashable, Sendable {
    /// When, on the appliance's calendar.
    public var date: Date
    /// What, in one line.
    public var text: String

    /// Makes an event.
    public init(date: Date, text: String) {
      self.date = date
      self.text = text
    }
  }

  /// The domain.
  public var domain: String
  /// Whether mail gets there: what the last attempt showed.
  public var state = State.unknown
  /// Recipients that wait or are being delivered.
  public var activeRecipients = 0
  /// Connections at present.
  public var connections = 0
  /// Recipients delivered since the engine started.
  public var delivered = 0
  /// Failed attempts, by recipient, since the engine started.
  public var softBounced = 0
  /// Recipients given up since the engine started.
  public var hardBounced = 0
  /// When the oldest message that waits came.
  public var oldest: Date?
  /// When the next attempt is due.
  public var nextAttempt: Date?
  /// The hosts of the last look-up, the first to be tried first.
  public var exchangers: [Exchanger] = []
  /// The last permanent refusal.
  public var lastPermanentError: Event?
  /// The last failure of TLS.
  public var lastTLSError: Event?

  /// Makes the status of a destination of which nothing is known.
  public init(domain: String) { self.domain = domain }
}
