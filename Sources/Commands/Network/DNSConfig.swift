import Configuration
import Dialogue

/// `dnsconfig`: which name servers are asked on the real network.
struct DNSConfig {
  let context: CommandContext
  var c: Conversation { context.conversation }

  enum Operation: String, MenuOperation, CaseIterable {
    case new = "NEW"
    case edit = "EDIT"
    case delete = "DELETE"
    case setup = "SETUP"

    var summary: String {
      switch self {
      case .new: "Add a new server."
      case .edit: "Edit a server."
      case .delete: "Remove a server."
      case .setup: "Configure general settings."
      }
    }
  }

  /// A row of the lists in the heading.
  private enum Entry {
    case server(String)
    case domain(DNSSettings.DomainServers)
  }

  private var settings: DNSSettings { context.draft.dns }

  private var entries: [Entry] {
    settings.servers.map(Entry.server) + settings.domains.map(Entry.domain)
  }

  /// The batch forms, as `help` lists them.
  static let usage = [
    "dnsconfig setup root", "dnsconfig setup ADDRESS[,ADDRESS ...]",
    "dnsconfig new DOMAIN ADDRESS[,ADDRESS ...]", "dnsconfig delete DOMAIN", "dnsconfig print",
  ]

  func run() async throws {
    guard context.arguments.isEmpty else { return try await runBatch() }
    try await context.menu {
      await c.say("\n" + summary)
    } operations: {
      let isEmpty = entries.isEmpty
      return Operation.allCases.filter { !isEmpty || $0 == .new || $0 == .setup }
    } run: { operation in
      switch operation {
      case .new: try await new()
      case .edit: try await edit()
      case .delete: try await delete()
      case .setup: try await setUp()
      }
    }
  }

  /// What is asked at present; the numbers are those that EDIT and DELETE take.
  private var summary: String {
    var lines: [String] = []
    if settings.servers.isEmpty {
      lines.append("Currently using the Internet root DNS servers.")
    } else {
      lines.append("Currently using the local DNS cache servers:")
      lines += settings.servers.enumerated().map { "\($0 + 1). \($1)" }
    }
    lines.append("")
    if settings.domains.isEmpty {
      lines.append("No alternate authoritative servers configured.")
    } else {
      lines.append("Currently using the following alternate servers:")
      lines += settings.domains.enumerated().map { index, entry in
        "\(settings.servers.count + index + 1). \(entry.domain): "
          + entry.servers.joined(separator: ", ")
      }
    }
    return lines.joined(separator: "\n")
  }

  private func runBatch() async throws {
    let words = Array(context.arguments.dropFirst())
    switch (context.arguments[0].lowercased(), words.count) {
    case ("setup", 1) where words[0].lowercased() == "root": set { $0.servers = [] }
    case ("setup", 1...):
      let addresses = try self.addresses(words[...])
      set { $0.servers = addresses }
    case ("new", 2...):
      let domain = try absent(ServedDomain(words[0]).text)
      add(domain, try addresses(words.dropFirst()))
    case ("delete", 1):
      let domain = words[0].lowercased()
      guard settings.domains.contains(where: { $0.domain == domain }) else {
        throw OperationFailed("The domain \"\(domain)\" has no servers of its own.")
      }
      set { $0.domains.removeAll { $0.domain == domain } }
    case ("print", 0): await c.say("\n" + summary)
    default: throw InvalidArguments()
    }
  }

  private func addresses(_ words: ArraySlice<String>) throws -> [String] {
    try NameServerAddresses(answer: words.joined(separator: ",")).addresses
  }

  // MARK: NEW

  private func new() async throws {
    let isAlternate = try await c.choose(
      "Do you want to add a new local DNS cache server or an alternate domain server?",
      from: [
        Choice("Add a new local DNS cache server.", false),
        Choice("Add a new alternate domain server.", true),
      ])
    guard isAlternate else {
      let added = try await askServers("Please enter the IP address of your DNS server.")
      set { settings in
        settings.servers += added.filter { !settings.servers.contains($0) }
      }
      return
    }
    let domain = try absent(
      await c.ask(
        "Please enter the domain this server is authoritative for. (Ex: \"com\").",
        as: ServedDomain.self
      ).text)
    add(domain, try await askServers("Please enter the IP address of the server for \(domain)."))
  }

  private func add(_ domain: String, _ servers: [String]) {
    set { $0.domains.append(.init(domain: domain, servers: servers)) }
  }

  private func absent(_ domain: String) throws(OperationFailed) -> String {
    guard !settings.domains.contains(where: { $0.domain == domain }) else {
      throw OperationFailed("The domain \"\(domain)\" already has servers of its own.")
    }
    return domain
  }

  // MARK: EDIT, DELETE

  private func edit() async throws {
    guard let number = try await askEntry("Enter the number of the server you wish to edit.")
    else { return }
    switch entries[number - 1] {
    case .server(let address):
      let new = try await askServers(
        "Please enter the IP address of your DNS server.", present: [address])
      set { settings in
        settings.servers.remove(at: number - 1)
        settings.servers.insert(
          contentsOf: new.filter { !settings.servers.contains($0) }, at: number - 1)
      }
    case .domain(let entry):
      let new = try await askServers(
        "Please enter the IP address of the server for \(entry.domain).", present: entry.servers)
      set { $0.domains[number - 1 - $0.servers.count].servers = new }
    }
  }

  private func delete() async throws {
    guard let number = try await askEntry("Enter the number of the server you wish to remove.")
    else { return }
    let isLastServer = number == 1 && settings.servers.count == 1
    set { settings in
      let count = settings.servers.count
      if number <= count {
        settings.servers.remove(at: number - 1)
      } else {
        settings.domains.remove(at: number - 1 - count)
      }
    }
    if isLastServer { await c.say("\nThe Internet root DNS servers will be used.") }
  }

  private func askEntry(_ question: String) async throws -> Int? {
    try await c.pick(question, in: 1...entries.count)
  }

  // MARK: SETUP

  private func setUp() async throws {
    let usesOwn = try await c.choose(
      "Do you want to use the Internet's root DNS servers, or DNS servers of your own?",
      from: [
        Choice("Use Internet root DNS servers", false), Choice("Use own DNS cache servers", true),
      ], default: settings.servers.isEmpty ? 1 : 2)
    guard usesOwn else { return set { $0.servers = [] } }
    let servers = try await askServers(
      "Please enter the IP address of your DNS server.", present: settings.servers)
    set { $0.servers = servers }
  }

  private func askServers(_ question: String, present: [String] = []) async throws -> [String] {
    try await c.ask(
      question + "\nSeparate multiple IPs with commas.", as: NameServerAddresses.self,
      default: present.isEmpty ? nil : NameServerAddresses(present)
    ).addresses
  }

  private func set(_ change: (inout DNSSettings) -> Void) {
    var settings = settings
    change(&settings)
    context.draft.dns = settings
  }
}
