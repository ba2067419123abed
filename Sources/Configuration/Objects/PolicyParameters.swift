/// The values of a mail flow policy, all set: those of `HOSTACCESS` > `DEFAULT`.
public struct PolicyParameters: Codable, Hashable, Sendable {
  /// The largest message, in bytes.
  public var maxMessageSize = 32 << 20
  /// Connections at a time from one address.
  public var maxConnectionsPerHost = 10
  /// Messages in one connection.
  public var maxMessagesPerConnection = 10
  /// Recipients of one message.
  public var maxRecipientsPerMessage = 50
  /// The host name in the banner; empty for the interface's.
  public var bannerHostName = ""
  /// The text of an accepting banner; empty for the usual one.
  public var acceptBanner = ""
  /// The text of a refusing banner; empty for the usual one.
  public var rejectBanner = ""
  /// Recipients an hour from one address; 0 means unlimited.
  public var maxRecipientsPerHour = 0
  /// Whether TLS is offered or demanded.
  public var tls = InboundTLS.off
  /// With Preferred: the envelope senders that must use TLS all the same; empty for none.
  public var tlsAddressList: [String] = []

  /// Makes the factory's values.
  public init() {}

  /// These values with a policy's own in place of those that it sets.
  public func overridden(by own: PolicyOverrides) -> PolicyParameters {
    var result = self
    result.maxMessageSize = own.maxMessageSize ?? maxMessageSize
    result.maxConnectionsPerHost = own.maxConnectionsPerHost ?? maxConnectionsPerHost
    result.maxMessagesPerConnection = own.maxMessagesPerConnection ?? maxMessagesPerConnection
    result.maxRecipientsPerMessage = own.maxRecipientsPerMessage ?? maxRecipientsPerMessage
    result.bannerHostName = own.bannerHostName ?? bannerHostName
    result.acceptBanner = own.acceptBanner ?? acceptBanner
    result.rejectBanner = own.rejectBanner ?? rejectBanner
    result.maxRecipientsPerHour = own.maxRecipientsPerHour ?? maxRecipientsPerHour
    result.tls = own.tls ?? tls
    // The list belongs to the level: whoever sets one leaves the default's list behind.
    result.tlsAddressList = own.tlsAddressList ?? (own.tls == nil ? tlsAddressList : [])
    return result
  }

  /// The same values as a policy would set them all itself.
  public var asOverrides: PolicyOverrides {
    var all = PolicyOverrides()
    all.maxMessageSize = maxMessageSize
    all.maxConnectionsPerHost = maxConnectionsPerHost
    all.maxMessagesPerConnection = maxMessagesPerConnection
    all.maxRecipientsPerMessage = maxRecipientsPerMessage
    all.bannerHostName = bannerHostName
    all.acceptBanner = acceptBanner
    all.rejectBanner = rejectBanner
    all.maxRecipientsPerHour = maxRecipientsPerHour
    all.tls = tls
    all.tlsAddressList = tlsAddressList
    return all
  }
}

/// The values that a policy sets itself; nil means inherited.
///
/// Units as in `PolicyParameters`.
public struct PolicyOverrides: Codable, Hashable, Sendable {
  /// The largest message, in bytes.
  public var maxMessageSize: Int?
  /// Connections at a time from one address.
  public var maxConnectionsPerHost: Int?
  /// Messages in one connection.
  public var maxMessagesPerConnection: Int?
  /// Recipients of one message.
  public var maxRecipientsPerMessage: Int?
  /// The host name in the banner.
  public var bannerHostName: String?
  /// The text of an accepting banner.
  public var acceptBanner: String?
  /// The text of a refusing banner.
  public var rejectBanner: String?
  /// Recipients an hour from one address.
  public var maxRecipientsPerHour: Int?
  /// Whether TLS is offered or demanded.
  public var tls: InboundTLS?
  /// The envelope senders that must use TLS.
  public var tlsAddressList: [String]?

  /// Makes overrides that inherit everything.
  public init() {}
}
