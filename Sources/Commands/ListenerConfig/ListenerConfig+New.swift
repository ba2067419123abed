import Configuration
import Dialogue

// listenerconfig > NEW: a listener with the tables that its kind begins with.
extension ListenerConfig {
  func newListener() async throws {
    let role = try await c.choose(
      "Please select the type of listener you want to create.",
      from: [Listener.Role.private, .public, .blackhole].map { Choice($0.rawValue, $0) },
      default: 2)
    let name = try await freeName(present: nil)
    let (interface, port) = try await askEndpoint(of: nil, named: name)
    var listener = Listener(
      role: role, interface: interface, port: port,
      hostAccess: .factory(release: context.release, role: role))
    switch role {
    case .public: listener.recipientAccess = try await askLocalRecipients()
    case .private: try await askRelays(&listener.hostAccess)
    case .blackhole: break
    }
    try await askDefaults(&listener.hostAccess.defaults)
    context.draft.listeners[name] = listener
    await c.say("\nListener \(name) created.")
    await c.say("Defaults have been set for a \(role.rawValue) listener.")
    await c.say("Use the listenerconfig->EDIT command to customize the listener.")
  }

  private func askLocalRecipients() async throws -> [RecipientRule] {
    let accepted = try await c.askRecipients(
      "Enter the domain names or specific email addresses you want to accept mail for.")
    return try [RecipientRule(pattern: RecipientRule.allPattern, isAccepted: false)]
      .adding(accepted)
  }

  private func askRelays(_ table: inout HostAccessTable) async throws {
    let senders = try await c.ask(
      "Please specify the systems allowed to relay email through the C100V.\n"
        + "Hostnames, partial hostnames, addresses, ranges and networks are allowed.\n"
        + "Separate multiple entries with commas.", as: SenderList.self
    ).senders
    table.groups[0].senders = senders
  }

  private func askDefaults(_ values: inout PolicyParameters) async throws {
    if try await c.confirm(
      "Do you want to enable rate limiting for this listener?", default: false)
    {
      values.maxRecipientsPerHour = try await c.ask(
        "Enter the maximum number of recipients per hour to accept from a remote domain.",
        as: Limited<UpToMillion>.self
      ).stored
    }
    await c.say("\n\(HostAccessTable.defaultsTitle)")
    for line in values.lines { await c.say("    \(line)") }
    guard
      try await c.confirm(
        "Would you like to change the default host access policy?", default: false)
    else { return }
    var changed = values.asOverrides
    try await PolicyQuestions(c: c, isPolicy: false).ask(&changed)
    values = values.overridden(by: changed)
  }

  // MARK: What EDIT asks too

  /// Asks for a name that no other listener has.
  ///
  /// - Parameter present: the name of the listener that is edited.
  func freeName(present: String?) async throws -> String {
    let name = try await c.ask(
      "Please create a name for this listener (Ex: \"OutboundMail\"):", as: ObjectName.self,
      default: present.map { try ObjectName($0) }
    ).text
    guard name == present || context.draft.listeners[name] == nil else {
      throw OperationFailed("There is already a listener \"\(name)\".")
    }
    return name
  }

  /// Asks where a listener stands; what another service has is refused.
  func askEndpoint(
    of present: Listener?, named name: String
  ) async throws -> (interface: String, port: Int) {
    let interfaces = context.draft.interfaces.all
    guard !interfaces.isEmpty else {
      throw OperationFailed("There is no IP interface; interfaceconfig makes one.")
    }
    let interface = try await c.choose(
      "Please choose an IP interface for this Listener.",
      from: interfaces.map { name, interface in
        Choice("\(name) (\(interface.network): \(interface.hostName))", name, aliases: [name])
      },
      default: (interfaces.firstIndex { $0.name == present?.interface } ?? 0) + 1)
    if present == nil {
      _ = try await c.choose("Choose a protocol.", from: [Choice("SMTP", 1)])
    }
    let port = try await c.ask(
      "Please enter the IP port for this listener.", in: 1...65535, default: present?.port ?? 25)
    var trial = context.draft
    trial.listeners[name] = Listener(
      role: .blackhole, interface: interface, port: port,
      hostAccess: HostAccessTable(groups: [], policies: []))
    try trial.verifyServices()
    return (interface, port)
  }
}
