/// Who may connect to a listener and under which policy: the first matching group decides (G13).
public struct HostAccessTable: Codable, Hashable, Sendable {
  /// Sender groups from top to bottom; the last is `ALL`.
  public var groups: [SenderGroup]
  /// Mail flow policies by place; a group names one.
  public var policies: [MailFlowPolicy]
  /// The values of every policy that does not set its own (`HOSTACCESS` > `DEFAULT`).
  public var defaults: PolicyParameters

  /// Makes a table.
  public init(
    groups: [SenderGroup], policies: [MailFlowPolicy],
    defaults: PolicyParameters = PolicyParameters()
  ) {
    self.groups = groups
    self.policies = policies
    self.defaults = defaults
  }

  /// What a policy means here: its own values over the defaults; nil for an unknown policy.
  public func parameters(of policy: String) -> PolicyParameters? {
    policies.first { $0.name == policy }.map { defaults.overridden(by: $0.overrides) }
  }
}

/// A named list of senders that share a policy.
public struct SenderGroup: Codable, Hashable, Sendable {
  /// The group that matches whatever no other did.
  public static let allName = "ALL"

  /// The group's name.
  public var name: String
  /// The policy's name, such as `$ACCEPTED`.
  public var policy: String
  /// A comment; may be empty.
  public var comment: String
  /// Whom it matches.
  public var senders: [Sender]

  /// Makes a group.
  public init(name: String, policy: String, comment: String = "", senders: [Sender] = []) {
    self.name = name
    self.policy = policy
    self.comment = comment
    self.senders = senders
  }
}

/// One entry of a sender group, in the form in which it is written and shown: an address, a range,
/// a CIDR network, `192.168.1.`, a host, `.domain`, `sbrs[a:b]`, `sbrs[none]`.
public struct Sender: Codable, Hashable, Sendable {
  /// What is matched.
  public var pattern: String
  /// A comment; may be empty.
  public var comment: String

  /// Makes an entry.
  public init(_ pattern: String, comment: String = "") {
    self.pattern = pattern
    self.comment = comment
  }
}

/// What happens to a connection before any policy value matters.
public enum ConnectionBehavior: String, Codable, Sendable, CaseIterable {
  /// Accepted; recipients are checked.
  case accept = "ACCEPT"
  /// Accepted; any recipient.
  case relay = "RELAY"
  /// Refused in SMTP.
  case reject = "REJECT"
  /// Refused at the TCP level.
  case tcpRefuse = "TCPREFUSE"
  /// The next group decides.
  case `continue` = "CONTINUE"
}

/// A mail flow policy: a behaviour and the values that it sets itself.
public struct MailFlowPolicy: Codable, Hashable, Sendable {
  /// The name with its dollar sign, such as `$ACCEPTED`.
  public var name: String
  /// What happens to a connection.
  public var behavior: ConnectionBehavior
  /// The policy's own values; what is nil is inherited from the defaults.
  public var overrides: PolicyOverrides

  /// Makes a policy that inherits everything unless told otherwise.
  public init(name: String, behavior: ConnectionBehavior, overrides: PolicyOverrides = .init()) {
    self.name = name
    self.behavior = behavior
    self.overrides = overrides
  }
}

/// Whether a listener offers or demands TLS (G12).
///
/// Two facts, not one order: see the properties.
public enum InboundTLS: String, Codable, Sendable, CaseIterable {
  case off = "off"
  case preferred = "on"
  case required = "required"
  case preferredVerify = "on_verify"
  case requiredVerify = "require_verify"

  /// STARTTLS is listed.
  public var offersEncryption: Bool { self != .off }
  /// Nothing is accepted before TLS.
  public var requiresEncryption: Bool { self == .required || self == .requiredVerify }
  /// The client is asked for a certificate, which must verify if it comes.
  public var verifiesPeer: Bool { self == .preferredVerify || self == .requiredVerify }

  /// The name in menus.
  public var title: String {
    switch self {
    case .off: "No"
    case .preferred: "Preferred"
    case .required: "Required"
    case .preferredVerify: "Preferred - Verify"
    case .requiredVerify: "Required - Verify"
    }
  }
}
