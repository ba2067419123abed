import Configuration
import Dialogue

/// `ldapconfig`: directory servers, what they are asked, and how they are connected to (G6).
struct LDAPConfig {
  let context: CommandContext
  var c: Conversation { context.conversation }

  enum Operation: String, MenuOperation, CaseIterable {
    case new = "NEW"
    case setup = "SETUP"
    case edit = "EDIT"
    case delete = "DELETE"

    var summary: String {
      switch self {
      case .new: "Create a new server configuration."
      case .setup: "Configure LDAP options."
      case .edit: "Modify a server configuration."
      case .delete: "Remove a server configuration."
      }
    }
  }

  private var servers: [LDAPServer] { context.draft.ldap.servers }

  func run() async throws {
    guard context.arguments.isEmpty else { throw InvalidArguments() }
    try await context.menu {
      await c.say("\n" + summary)
    } operations: {
      Operation.allCases.filter { !servers.isEmpty || $0 == .new || $0 == .setup }
    } run: { operation in
      switch operation {
      case .new: try await new()
      case .setup: try await setUp()
      case .edit: try await edit()
      case .delete: try await delete()
      }
    }
  }

  private var summary: String {
    guard !servers.isEmpty else { return "No LDAP server configurations." }
    return "Current LDAP server configurations:\n"
      + servers.enumerated().map { index, server in
        "\(index + 1). \(server.name): (\(LDAPHosts(server.hosts).text):\(server.port))"
      }.joined(separator: "\n")
  }

  // MARK: NEW, EDIT, DELETE

  private func new() async throws {
    let name = try await c.ask(
      "Please create a name for this server configuration (Ex: \"PublicLDAP\"):",
      as: ObjectName.self
    ).text
    guard context.draft.ldap.isFree(name) else {
      throw OperationFailed("The name \"\(name)\" is taken already.")
    }
    context.draft.ldap.servers.append(try await LDAPServerQuestions(context: context).new(name))
    try await LDAPProfileMenu(context: context, index: servers.count - 1).run()
  }

  private func edit() async throws {
    guard
      let index = try await pick(
        "Enter the name or number of the server configuration you wish to edit.")
    else { return }
    try await LDAPProfileMenu(context: context, index: index).run()
  }

  private func delete() async throws {
    guard
      let index = try await pick(
        "Enter the name or number of the server configuration you wish to delete.")
    else { return }
    context.draft.ldap.servers.remove(at: index)
  }

  private func pick(_ question: String) async throws -> Int? {
    try await c.pick(question, from: servers.enumerated().map { Choice($1.name, $0) })
  }

  // MARK: SETUP

  private func setUp() async throws {
    var settings = context.draft.ldap
    settings.interface = try await context.chooseInterface(
      "Choose the IP interface for LDAP traffic.", present: settings.interface)
    if settings.interface == nil {
      await c.say("\nLDAP will determine the interface automatically.")
    }
    settings.toleratesFailedGroupQueries = try await c.confirm(
      "Should group queries that fail to complete be silently treated as having\n"
        + "negative results?", default: settings.toleratesFailedGroupQueries)
    settings.validatesServerCertificate = try await c.confirm(
      "Validate LDAP server certificate?", default: settings.validatesServerCertificate)
    settings.certificate = try await context.chooseClientCertificate(present: settings.certificate)
    context.draft.ldap = settings
  }
}

extension LDAPSettings {
  /// Whether neither a server nor a query has a name, in whatever case.
  ///
  /// - Parameter present: a name that may stay as it is.
  func isFree(_ name: String, except present: String? = nil) -> Bool {
    let names = servers.map(\.name) + servers.flatMap(\.queries).map(\.name)
    return !names.contains { $0 != present && $0.lowercased() == name.lowercased() }
  }
}
