import Configuration
import Resolver
import TLS

/// All that a connection to a listener needs to know, fixed when it is accepted.
struct ListenerConfiguration: Sendable {
  /// The listener's name.
  var name: String
  /// The name of its interface.
  var interface: String
  /// The interface's address in the appliance's world.
  var address: InternetAddress
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
  /// One context for each way to treat a client's certificate that a policy asks for.
  var contexts: [InboundTLS: TLSContext]
  /// The names and reputations of hosts, and where they really are.
  var network: MailNetwork
  /// Whether OpenSSL's errors are logged in the form of OpenSSL 1.0.
  var logsOldErrors: Bool
}
