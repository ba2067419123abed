import Configuration
import Dialogue

/// `ldaptest`: connects to a directory server as the appliance would, and puts a query to it.
struct LDAPTest {
  let context: CommandContext
  var c: Conversation { context.conversation }

  /// One item of the list.
  private struct Item {
    let server: LDAPServer
    var query: LDAPServer.Query?
    var kind = LDAPQueryKind.accept

    var name: String { query?.name ?? server.name }
  }

  /// The queries, and behind them the servers, which can be tested without one.
  private var items: [Item] {
    let servers = context.draft.ldap.servers
    let queries = servers.flatMap { server in
      [
        server.acceptQuery.map { Item(server: server, query: $0) },
        server.groupQuery.map { Item(server: server, query: $0, kind: .group) },
      ].compactMap(\.self)
    }
    return queries + servers.map { Item(server: $0) }
  }

  func run() async throws {
    let items = items
    guard !items.isEmpty else {
      throw OperationFailed("No LDAP server configurations. Use ldapconfig to create one.")
    }
    guard context.arguments.isEmpty else { return try await runBatch(items) }
    let item = try await c.choose(
      "Select which LDAP query to test:",
      from: items.map { item in
        Choice(item.query == nil ? "\(item.name) (server)" : item.name, item, aliases: [item.name])
      })
    guard let query = item.query else { return try await context.test(item.server, nil) }
    try await context.test(item.server, context.askArguments(of: query, item.kind))
  }

  /// `ldaptest SERVER`, `ldaptest QUERY ADDRESS [GROUP]`.
  private func runBatch(_ items: [Item]) async throws {
    let words = context.arguments
    guard let item = items.first(where: { $0.name.lowercased() == words[0].lowercased() }) else {
      throw OperationFailed("There is no LDAP query or server configuration \"\(words[0])\".")
    }
    guard let query = item.query else {
      guard words.count == 1 else { throw InvalidArguments() }
      return try await context.test(item.server, nil)
    }
    guard words.count == (item.kind == .group ? 3 : 2) else { throw InvalidArguments() }
    try await context.test(
      item.server,
      LDAPQuestion(
        query: query, kind: item.kind, address: words[1], group: words.count == 3 ? words[2] : nil))
  }
}
