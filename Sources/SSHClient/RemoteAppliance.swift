/// An appliance somewhere else: one connection for each user who is logged in there.
public actor RemoteAppliance {
  /// Where it is, and who is meant where nobody is named.
  public let destination: SSHDestination
  private let options: [String]
  private var connections: [String: Result<MasterConnection, SSHTrouble>] = [:]

  /// Names an appliance; nothing is connected yet.
  ///
  /// - Parameters:
  ///   - identity: the file of a private key that is offered, and no other key then.
  ///   - options: more options of the client, each `NAME=VALUE` as in ssh_config(5).
  public init(_ destination: SSHDestination, identity: String? = nil, options: [String] = []) {
    self.destination = destination
    self.options =
      options.flatMap { ["-o", $0] }
      + (identity.map { ["-i", $0, "-o", "IdentitiesOnly=yes"] } ?? [])
  }

  /// Connects and logs in, unless a user is logged in already; a refused one is not tried again.
  ///
  /// - Parameter user: nil for that of the destination.
  /// - Throws: `SSHTrouble`.
  public func connect(as user: String? = nil) async throws {
    _ = try await connection(of: user)
  }

  func connection(of user: String?) async throws -> MasterConnection {
    var destination = destination
    if let user { destination.user = user }
    if let known = connections[destination.user] { return try known.get() }
    let result: Result<MasterConnection, SSHTrouble>
    do {
      result = .success(try await MasterConnection.open(destination, options: options))
    } catch let trouble as SSHTrouble {
      result = .failure(trouble)
    } catch {
      result = .failure(SSHTrouble("\(error)"))
    }
    connections[destination.user] = result
    return try result.get()
  }

  /// Logs everybody out.
  public func close() async {
    for result in connections.values {
      if case .success(let connection) = result { await connection.close() }
    }
    connections = [:]
  }
}
