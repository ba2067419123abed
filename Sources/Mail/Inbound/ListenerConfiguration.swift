import Addresses
import Configuration
import Resolver
import SMTP
import TLS

/// All that a connection to a listener needs to know, fixed when it is accepted.
struct ListenerConfiguration: Sendable {
  /// The listener's name.
  var name: String
  /// Who is expected to connect.
  var role: Listener.Role
  /// The name of its interface.
  var interface: String
  /// The interface's address in the appliance's world.
  var address: IPv4Address
  /// Where it is reached.
  var endpoint: Endpoint
  /// The interface's host name (G10).
  var hostName: String
  /// The most connections at a time.
  var maxConnections: Int
  /// Length of the TCP accept queue.
  var tcpQueue: Int
  /// Who may connect, and under which policy.
  var access: AccessTable
  /// For whom mail is taken from hosts that may not relay.
  var recipients: RecipientAccess
  /// The domain of addresses without one; may be empty.
  var defaultDomain: String
  /// The bounce profile of its messages.
  var bounceProfile: String
  /// One context for each way to treat a client's certificate that a policy asks for.
  var contexts: [InboundTLS: TLSContext]
  /// The names and reputations of hosts, and where they really are.
  var network: MailNetwork
  /// What it shares with all listeners.
  var shared: InjectionSettings
  /// What the log tells of messages.
  var logging: LogSettings
  /// Decides how the log is written.
  var release: Release

  /// How long a client may be silent.
  var idleTime: Duration { .seconds(shared.idleTime) }
}
