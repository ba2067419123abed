import Addresses
import Configuration
import Dialogue

/// `listenerconfig`: where mail comes in, under which certificate and which rules (G6, G12, G13).
struct ListenerConfig {
  let context: CommandContext
  var c: Conversation { context.conversation }

  enum Operation: String, MenuOperation, CaseIterable {
    case new = "NEW"
    case edit = "EDIT"
    case delete = "DELETE"
    case setup = "SETUP"

    var summary: String {
      switch self {
      case .new: "Create a new listener."
      case .edit: "Modify a listener."
      case .delete: "Remove a listener."
      case .setup: "Change global settings."
      }
    }

    var needsListener: Bool { self == .edit || self == .delete }
  }

  func run() async throws {
    guard context.arguments.isEmpty else { return try await runBatch() }
    try await context.menu {
      await c.say("\nCurrently configured listeners:")
      for (number, entry) in context.draft.listeners.all.enumerated() {
        await c.say("\(number + 1). \(line(entry.name, entry.value))")
      }
    } operations: {
      Operation.allCases.filter { context.draft.listeners.count > 0 || !$0.needsListener }
    } run: { operation in
      switch operation {
      case .new: try await newListener()
      case .edit: try await editListener()
      case .delete: try await deleteListener()
      case .setup: try await setUp()
      }
    }
  }

  private func line(_ name: String, _ listener: Listener) -> String {
    let address = context.draft.interfaces[listener.interface]?.address?.description ?? "no address"
    return "\(name) (on \(listener.interface), \(address)) SMTP TCP Port \(listener.port) "
      + listener.role.rawValue
  }

  func pickListener(_ purpose: String) async throws -> String? {
    try await c.pick(
      "Enter the name or number of the listener you wish to \(purpose).",
      from: context.draft.listeners.names.map { Choice($0, $0) })
  }

  // MARK: DELETE

  private func deleteListener() async throws {
    guard let name = try await pickListener("delete"),
      try await c.confirm(
        "Are you sure you want to delete the listener \"\(name)\"?", default: false)
    else { return }
    context.draft.listeners[name] = nil
  }

  // MARK: SETUP

  private func setUp() async throws {
    var limits = context.draft.injection
    limits.maxConnections = try await c.ask(
      "Enter the global limit for concurrent connections to be allowed across all\nlisteners.",
      in: InjectionSettings.connectionRange, default: limits.maxConnections)
    limits.maxTLSConnections = try await c.ask(
      "Enter the global limit for concurrent TLS connections to be allowed across all\nlisteners.",
      in: InjectionSettings.connectionRange, default: limits.maxTLSConnections)
    limits.idleTime = try await c.ask(
      "Enter the timeout for unsuccessful inbound connections.", as: TimeSpan.self,
      default: TimeSpan(seconds: limits.idleTime)
    ).seconds
    limits.connectionTime = try await c.ask(
      "Enter the maximum connection time for inbound connections.", as: TimeSpan.self,
      default: TimeSpan(seconds: limits.connectionTime)
    ).seconds
    context.draft.injection = limits
  }

  // MARK: Batch forms

  /// `listenerconfig edit NAME hostaccess|rcptaccess print|import FILE|export FILE`.
  private func runBatch() async throws {
    let words = context.arguments
    guard words.count >= 4, words[0].lowercased() == "edit" else { throw InvalidArguments() }
    guard let listener = context.draft.listeners[words[1]] else {
      throw OperationFailed("There is no listener \"\(words[1])\".")
    }
    let hosts = HostAccess(context: context, listener: words[1])
    let recipients = RecipientAccess(context: context, listener: words[1])
    switch (words[2].lowercased(), words[3].lowercased(), words.count) {
    case ("hostaccess", "print", 4): try await hosts.print()
    case ("hostaccess", "import", 5): try await hosts.importTable(from: words[4])
    case ("hostaccess", "export", 5): try await hosts.exportTable(to: words[4])
    case ("rcptaccess", _, _) where listener.role != .public:
      throw OperationFailed("The listener \"\(words[1])\" has no Recipient Access Table.")
    case ("rcptaccess", "print", 4): try await recipients.print()
    case ("rcptaccess", "import", 5): try await recipients.importTable(from: words[4])
    case ("rcptaccess", "export", 5): try await recipients.exportTable(to: words[4])
    default: throw InvalidArguments()
    }
  }
}
