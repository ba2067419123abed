import Configuration
import Dialogue
import PKI

/// The questions about one directory server, in the order of the screen.
struct LDAPServerQuestions {
  let context: CommandContext
  var c: Conversation { context.conversation }

  func new(_ name: String) async throws -> LDAPServer {
    var server = LDAPServer(name: name, hosts: [], base: suggestedBase)
    try await ask(&server, isNew: true)
    return server
  }

  /// Asks anew; empty answers leave all as it is.
  func change(_ server: LDAPServer) async throws -> LDAPServer {
    var changed = server
    try await ask(&changed, isNew: false)
    return changed
  }

  private func ask(_ server: inout LDAPServer, isNew: Bool) async throws {
    server.hosts = try await c.ask(
      "Please enter the hostname:", as: LDAPHosts.self,
      default: isNew ? nil : LDAPHosts(server.hosts)
    ).hosts
    let standardPort = server.standardPort
    let usesTLS = try await c.confirm(
      "Use SSL to connect to the LDAP server?", default: server.security != .none)
    if usesTLS != (server.security != .none) { server.security = usesTLS ? .ldaps : .none }
    server.credentials = try await askCredentials(present: server.credentials)
    server.kind = try await c.choose(
      "Select the server type to use for this server configuration:",
      from: LDAPServer.Kind.allCases.map { Choice($0.rawValue, $0) },
      default: (LDAPServer.Kind.allCases.firstIndex(of: server.kind) ?? 0) + 1)
    try await askPort(of: &server, isUsual: isNew || server.port == standardPort)
    server.base = try await c.ask(
      "Please enter the base:", as: DirectoryName.self, default: DirectoryName(server.base)
    ).text
  }

  /// - Parameter isUsual: whether the port is the usual one, which is offered anew then.
  func askPort(of server: inout LDAPServer, isUsual: Bool) async throws {
    server.port = try await c.ask(
      "Please enter the port number:", in: LDAPServer.portRange,
      default: isUsual ? server.standardPort : server.port)
  }

  private func askCredentials(
    present: LDAPServer.Credentials?
  ) async throws -> LDAPServer.Credentials? {
    let hasPassword = try await c.choose(
      "Select the authentication method to use for this server configuration:",
      from: [Choice("Anonymous", false), Choice("Password based", true)],
      default: present == nil ? 1 : 2)
    guard hasPassword else { return nil }
    let name = try await c.ask(
      "Please enter the bind username:", as: DirectoryName.self,
      default: DirectoryName(present?.name ?? "cn=Anonymous")
    ).text
    let password = try await askPassword(
      present: present?.name == name ? present?.password : nil)
    return LDAPServer.Credentials(name: name, password: password)
  }

  /// An empty password would make an anonymous bind of it (RFC 4513 section 5.1.2).
  private func askPassword(present: Secret?) async throws -> Secret {
    while true {
      let text = try await c.secret("Please enter the bind password:")
      if !text.isEmpty { return Secret(text) }
      if let present { return present }
      await c.say("A value is required.")
    }
  }

  /// The machine's domain as a distinguished name (RFC 2247).
  private var suggestedBase: String {
    context.hostName.split(separator: ".").dropFirst().map { "dc=\($0)" }.joined(separator: ",")
  }
}

extension LDAPServer {
  /// The port on which such a server usually listens; Active Directory's is its global catalogue's.
  var standardPort: Int {
    switch (kind, security) {
    case (.activeDirectory, .ldaps): 3269
    case (.activeDirectory, _): 3268
    case (_, .ldaps): 636
    default: 389
    }
  }
}
