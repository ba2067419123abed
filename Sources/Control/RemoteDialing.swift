/// Whoever opens connections by which a session talks with a remote host by hand (`telnet`).
public protocol RemoteDialing: Sendable {
  /// The IPv4 addresses of a host, given by its name or as an address.
  ///
  /// - Throws: an error with a sentence when there are none.
  func addresses(of host: String) async throws -> [String]

  /// Connects to an address.
  ///
  /// - Parameter interface: the interface to connect from; nil for the one that deliveries by
  ///   "Auto" leave from.
  /// - Throws: an error whose description is the reason as a clause, such as `Connection refused`.
  func connect(to address: String, port: Int, from interface: String?) async throws
    -> any RemoteConnection
}

/// A connection to a remote host; whoever has it closes it.
public protocol RemoteConnection: Sendable {
  /// What came since the last call; waits for it if nothing did.
  ///
  /// - Parameter limit: the most real time to wait.
  func receive(within limit: Duration) async -> RemoteInput
  /// Sends a text as it stands.
  func send(_ text: String) async
  /// Ends the connection.
  func close() async
}

/// What came from a remote host.
public enum RemoteInput: Hashable, Sendable {
  /// Bytes, at least one.
  case bytes([UInt8])
  /// Nothing in the time given.
  case silence
  /// The other end has closed.
  case end
}
