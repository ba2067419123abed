import Configuration
import Dialogue

// listenerconfig > EDIT.
extension ListenerConfig {
  enum EditOperation: String, MenuOperation, CaseIterable {
    case name = "NAME"
    case interface = "INTERFACE"
    case certificate = "CERTIFICATE"
    case limits = "LIMITS"
    case setup = "SETUP"
    case hostAccess = "HOSTACCESS"
    case recipientAccess = "RCPTACCESS"
    case bounceConfig = "BOUNCECONFIG"

    var summary: String {
      switch self {
      case .name: "Change the name of the listener."
      case .interface: "Change the interface."
      case .certificate: "Choose the certificate."
      case .limits: "Change the injection limits."
      case .setup: "Configure general options."
      case .hostAccess: "Modify the Host Access Table."
      case .recipientAccess: "Modify the Recipient Access Table."
      case .bounceConfig:
        "Choose the bounce profile to use for messages injected on this listener."
      }
    }
  }

  func editListener() async throws {
    // NAME changes it under the menu.
    guard var name = try await pickListener("edit") else { return }
    try await context.menu {
      await c.say(summary(of: name))
    } operations: {
      let isPublic = context.draft.listeners[name]?.role == .public
      return EditOperation.allCases.filter { isPublic || $0 != .recipientAccess }
    } run: { operation in
      switch operation {
      case .name: try await rename(&name)
      case .interface: try await changeInterface(of: name)
      case .certificate: try await chooseCertificate(for: name)
      case .limits: try await changeLimits(of: name)
      case .setup: try await setUp(name)
      case .hostAccess: try await HostAccess(context: context, listener: name).run()
      case .recipientAccess: try await RecipientAccess(context: context, listener: name).run()
      case .bounceConfig: try await chooseBounceProfile(for: name)
      }
    }
  }

  private func summary(of name: String) -> String {
    guard let listener = context.draft.listeners[name] else { return name }
    let address = context.draft.interfaces[listener.interface]?.network ?? "no address"
    let domain = listener.defaultDomain.isEmpty ? "<None Configured>" : listener.defaultDomain
    return """

      Name: \(name)
      Type: \(listener.role.rawValue)
      Interface: \(listener.interface) (\(address)) TCP Port \(listener.port)
      Protocol: SMTP
      Default Domain: \(domain)
      Certificate: \(listener.certificate)
      Max Concurrent Connections: \(listener.maxConnections) (TCP Queue: \(listener.tcpQueue))
      TLS: \(listener.hostAccess.defaults.tls.title)
      Bounce Profile: \(listener.bounceProfile)
      """
  }

  // MARK: NAME, INTERFACE, CERTIFICATE

  private func rename(_ name: inout String) async throws {
    let new = try await freeName(present: name)
    guard new != name else { return }
    context.draft.listeners[new] = context.draft.listeners[name]
    context.draft.listeners[name] = nil
    name = new
  }

  private func changeInterface(of name: String) async throws {
    let (interface, port) = try await askEndpoint(of: context.draft.listeners[name], named: name)
    context.draft.listeners[name]?.interface = interface
    context.draft.listeners[name]?.port = port
  }

  private func chooseCertificate(for name: String) async throws {
    let present = context.draft.listeners[name]?.certificate
    guard let chosen = try await context.chooseCertificate(present: present) else { return }
    context.draft.listeners[name]?.certificate = chosen
  }

  // MARK: LIMITS, SETUP, BOUNCECONFIG

  private func changeLimits(of name: String) async throws {
    guard var listener = context.draft.listeners[name] else { return }
    listener.maxConnections = try await c.ask(
      "Enter the maximum number of concurrent connections allowed on this listener.",
      in: Listener.connectionRange, default: listener.maxConnections)
    listener.tcpQueue = try await c.ask(
      "Enter the TCP listen queue size.", in: Listener.queueRange, default: listener.tcpQueue)
    context.draft.listeners[name] = listener
  }

  enum SetupOperation: String, MenuOperation, CaseIterable {
    case defaultDomain = "DEFAULTDOMAIN"

    var summary: String { "Configure a default domain name." }
  }

  private func setUp(_ name: String) async throws {
    try await context.menu {
      let domain = context.draft.listeners[name]?.defaultDomain ?? ""
      await c.say("\nDefault Domain: \(domain.isEmpty ? "<None Configured>" : domain)")
    } operations: {
      SetupOperation.allCases
    } run: { operation in
      switch operation {
      case .defaultDomain: try await setDefaultDomain(of: name)
      }
    }
  }

  private func setDefaultDomain(of name: String) async throws {
    let present = context.draft.listeners[name]?.defaultDomain ?? ""
    let isWanted = try await c.confirm(
      "Do you want to add a default domain to addresses that have none?", default: !present.isEmpty)
    let domain =
      isWanted
      ? try await c.ask(
        "Enter the default domain.", as: HostName.self, default: try? HostName(present)
      ).text : ""
    context.draft.listeners[name]?.defaultDomain = domain
  }

  private func chooseBounceProfile(for name: String) async throws {
    let profiles = context.draft.bounceProfileNames
    let present = context.draft.listeners[name]?.bounceProfile
    let chosen = try await c.choose(
      "Choose a bounce profile to use:", from: profiles.map { Choice($0, $0) },
      default: present.flatMap(profiles.firstIndex).map { $0 + 1 } ?? 1)
    context.draft.listeners[name]?.bounceProfile = chosen
  }
}
