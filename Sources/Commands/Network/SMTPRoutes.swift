import Configuration
import ConfigurationStore
import Dialogue

/// `smtproutes`: hosts that take the mail for a domain in place of its mail exchangers.
struct SMTPRoutes {
  let context: CommandContext
  var c: Conversation { context.conversation }

  enum Operation: String, MenuOperation, CaseIterable {
    case new = "NEW"
    case edit = "EDIT"
    case delete = "DELETE"
    case print = "PRINT"
    case `import` = "IMPORT"
    case export = "EXPORT"
    case clear = "CLEAR"

    var summary: String {
      switch self {
      case .new: "Create a new route."
      case .edit: "Edit destinations of an existing route."
      case .delete: "Remove a route."
      case .print: "Display all routes."
      case .import: "Import new routes from a file."
      case .export: "Export all routes to a file."
      case .clear: "Remove all routes."
      }
    }

    /// Whether it makes sense only where there is a route.
    var needsRoute: Bool { self != .new && self != .import }
  }

  /// The batch forms, as `help` lists them.
  static let usage = [
    "smtproutes new DOMAIN HOST[,HOST ...]",
    "smtproutes edit DOMAIN HOST[,HOST ...]",
    "smtproutes delete DOMAIN",
    "smtproutes print",
    "smtproutes clear",
    "smtproutes import FILE",
    "smtproutes export FILE",
  ]

  func run() async throws {
    guard context.arguments.isEmpty else { return try await runBatch() }
    try await context.menu {
      let count = context.draft.routes.count
      await c.say(
        count == 0
          ? "\nThere are no routes configured."
          : "\nThere are currently \(count) routes configured.")
    } operations: {
      let isEmpty = context.draft.routes.count == 0
      return Operation.allCases.filter { !isEmpty || !$0.needsRoute }
    } run: { operation in
      switch operation {
      case .new: try await new()
      case .edit: try await edit()
      case .delete: try await delete()
      case .print: try await print()
      case .import: try await importRoutes(from: context.askImportFile())
      case .export: try await exportRoutes(to: context.askExportFile())
      case .clear: try await clear()
      }
    }
  }

  private func runBatch() async throws {
    let words = Array(context.arguments.dropFirst())
    guard let operation = Operation(rawValue: context.arguments[0].uppercased()) else {
      throw InvalidArguments()
    }
    switch (operation, words.count) {
    case (.new, 2...):
      let domain = try absent(RouteDomain(words[0]).text)
      try await keep(domain, Route(words.dropFirst().joined(separator: ",")))
    case (.edit, 2...):
      let domain = try existing(RouteDomain(words[0]).text)
      try await keep(domain, Route(words.dropFirst().joined(separator: ",")))
    case (.delete, 1): context.draft.routes[try existing(RouteDomain(words[0]).text)] = nil
    case (.print, 0): try await print()
    case (.import, 1): try await importRoutes(from: words[0])
    case (.export, 1): try await exportRoutes(to: words[0])
    case (.clear, 0): clearRoutes()
    default: throw InvalidArguments()
    }
  }

  // MARK: NEW, EDIT

  private func new() async throws {
    let domain = try absent(
      await c.ask(
        """
        Enter the domain for which you want to set up a permanent route.
        Partial hostnames such as ".example.com" are allowed.
        Use "ALL" for the default route.
        """, as: RouteDomain.self
      ).text)
    try await keep(domain, askHosts(of: domain, present: nil))
  }

  private func edit() async throws {
    let domain = try await askRoute("Enter the domain of the route you wish to edit.")
    try await keep(domain, askHosts(of: domain, present: context.draft.routes[domain]))
  }

  private func askHosts(of domain: String, present: Route?) async throws -> Route {
    try await c.ask(
      """
      Enter the destination hosts for \(domain), separated by commas.
      A host may have a port and a priority: mx.example.com:26/pri=10.
      A name in square brackets is looked up without its MX records.
      Enter USEDNS alone for ordinary delivery by DNS.
      """, as: Route.self, default: present)
  }

  private func keep(_ domain: String, _ route: Route) async throws {
    let present = context.draft.routes[domain]
    guard present != route else { return }
    context.draft.routes[domain] = route
    await c.say(
      "\nMapping for \(domain) to \(route.text) \(present == nil ? "created" : "changed").")
  }

  // MARK: DELETE, PRINT, CLEAR

  private func delete() async throws {
    let domain = try await askRoute("Enter the domain of the route you wish to delete.")
    context.draft.routes[domain] = nil
  }

  private func print() async throws {
    try await c.page("\n" + context.draft.routeFile.trimmingBlanks)
  }

  private func clear() async throws {
    if try await c.confirm("Are you sure you want to remove all routes?", default: false) {
      clearRoutes()
    }
  }

  private func clearRoutes() {
    for name in context.draft.routes.names { context.draft.routes[name] = nil }
  }

  // MARK: IMPORT, EXPORT

  private func importRoutes(from file: String) async throws {
    let bytes = try context.read(file)
    do {
      try context.draft.importRoutes(bytes)
    } catch {
      throw OperationFailed("Error: \(error) Nothing was imported.")
    }
    await c.say("\nThe routes in \"\(file)\" have replaced those there were.")
  }

  private func exportRoutes(to file: String) async throws {
    let text = context.draft.routeFile
    try await context.write(Array(text.utf8), to: file)
    await c.say("\nThe routes were exported to \"\(file)\".")
  }

  // MARK: Names

  private func askRoute(_ question: String) async throws -> String {
    try existing(
      await c.ask(question, as: RouteDomain.self, completions: context.draft.routes.names).text)
  }

  private func existing(_ domain: String) throws(OperationFailed) -> String {
    guard context.draft.routes[domain] != nil else {
      throw OperationFailed("There is no route for \"\(domain)\".")
    }
    return domain
  }

  private func absent(_ domain: String) throws(OperationFailed) -> String {
    guard context.draft.routes[domain] == nil else {
      throw OperationFailed("There is already a route for \"\(domain)\".")
    }
    return domain
  }
}
