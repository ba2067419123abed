import Configuration
import Dialogue

/// The menu of one server configuration: its server, its queries, and their test.
struct LDAPProfileMenu {
  let context: CommandContext
  /// Its place in the list.
  let index: Int
  var c: Conversation { context.conversation }

  enum Operation: String, MenuOperation, CaseIterable {
    case server = "SERVER"
    case test = "TEST"
    case accept = "LDAPACCEPT"
    case group = "LDAPGROUP"
    case startTLS = "STARTTLS"

    var summary: String {
      switch self {
      case .server: "Change the server for the query."
      case .test: "Test the server configuration."
      case .accept:
        "Configure whether a recipient address should be accepted or bounced/dropped."
      case .group: "Configure whether a sender or recipient is in a specified group."
      case .startTLS: "Choose between LDAPS and StartTLS."
      }
    }
  }

  private var server: LDAPServer {
    get { context.draft.ldap.servers[index] }
    nonmutating set { context.draft.ldap.servers[index] = newValue }
  }

  func run() async throws {
    try await context.menu {
      await c.say("\n" + summary)
    } operations: {
      Operation.allCases.filter { $0 != .startTLS || server.security != .none }
    } run: { operation in
      switch operation {
      case .server: server = try await LDAPServerQuestions(context: context).change(server)
      case .test: try await context.test(server, nil)
      case .accept: try await change(\.acceptQuery, of: .accept)
      case .group: try await change(\.groupQuery, of: .group)
      case .startTLS: try await chooseStart()
      }
    }
  }

  private var summary: String {
    var lines = [
      "Name: \(server.name)",
      "Hostname: \(LDAPHosts(server.hosts).text) Port \(server.port)",
      "Server Type: \(server.kind.rawValue)",
      "Authentication Type: \(server.credentials == nil ? "anonymous" : "password")",
    ]
    if server.security != .none { lines.append("SSL: \(server.security.rawValue)") }
    lines.append("Base: \(server.base)")
    if let query = server.acceptQuery { lines.append("LDAPACCEPT: \(query.name)") }
    if let query = server.groupQuery { lines.append("LDAPGROUP: \(query.name)") }
    return lines.joined(separator: "\n")
  }

  // MARK: LDAPACCEPT, LDAPGROUP

  enum QueryOperation: String, MenuOperation, CaseIterable {
    case edit = "EDIT"
    case delete = "DELETE"

    var summary: String { self == .edit ? "Modify the query." : "Remove the query." }
  }

  private func change(
    _ place: WritableKeyPath<LDAPServer, LDAPServer.Query?>, of kind: LDAPQueryKind
  ) async throws {
    let present = server[keyPath: place]
    if present != nil {
      switch try await c.menu(QueryOperation.allCases) {
      case .edit: break
      case .delete: return server[keyPath: place] = nil
      case nil: return
      }
    }
    let name = try await c.ask(
      "Please create a name for this query:", as: ObjectName.self,
      default: ObjectName(present?.name ?? "\(server.name.prefix(50)).\(kind.rawValue)")
    ).text
    guard context.draft.ldap.isFree(name, except: present?.name) else {
      throw OperationFailed("The name \"\(name)\" is taken already.")
    }
    let filter = try await c.ask(
      "Enter the LDAP query string:", as: DirectoryQuery.self,
      default: DirectoryQuery(answer: present?.filter ?? kind.usualFilter(of: server.kind))
    ).text
    let query = LDAPServer.Query(name: name, filter: filter)
    server[keyPath: place] = query
    guard try await c.confirm("Do you want to test this query?", default: true) else { return }
    try await context.test(server, context.askArguments(of: query, kind))
  }

  // MARK: STARTTLS

  private func chooseStart() async throws {
    var changed = server
    changed.security = try await c.choose(
      "Choose how TLS begins:",
      from: [
        Choice("LDAPS: with the connection", .ldaps, aliases: ["LDAPS"]),
        Choice("StartTLS: on a connection in clear", .startTLS, aliases: ["StartTLS"]),
      ], default: server.security == .ldaps ? 1 : 2)
    try await LDAPServerQuestions(context: context)
      .askPort(of: &changed, isUsual: server.port == server.standardPort)
    server = changed
  }
}
