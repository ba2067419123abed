import Configuration
import Dialogue

/// `listenerconfig`: where mail comes in, under which certificate and which rules (G6, G12, G13).
struct ListenerConfig {
  let context: CommandContext
  var c: Conversation { context.conversation }

  enum Operation: String, MenuOperation, CaseIterable {
    case edit = "EDIT"

    var summary: String { "Modify a listener." }
  }

  enum EditOperation: String, MenuOperation, CaseIterable {
    case certificate = "CERTIFICATE"
    case hostAccess = "HOSTACCESS"

    var summary: String {
      switch self {
      case .certificate: "Choose the certificate."
      case .hostAccess: "Modify the Host Access Table."
      }
    }
  }

  func run() async throws {
    guard context.arguments.isEmpty else { throw InvalidArguments() }
    try await context.menu {
      await c.say("\nCurrently configured listeners:")
      for (number, name) in context.draft.listeners.names.enumerated() {
        await c.say("\(number + 1). \(line(name))")
      }
    } operations: {
      context.draft.listeners.count == 0 ? [] : Operation.allCases
    } run: { operation in
      switch operation {
      case .edit: try await edit()
      }
    }
  }

  private func edit() async throws {
    let items = context.draft.listeners.names.map { Choice($0, $0) }
    guard
      let name = try await c.pick(
        "Enter the name or number of the listener you wish to edit.", from: items)
    else { return }
    try await context.menu {
      await c.say(summary(of: name))
    } operations: {
      EditOperation.allCases
    } run: { operation in
      switch operation {
      case .certificate: try await chooseCertificate(for: name)
      case .hostAccess: try await HostAccess(context: context, listener: name).run()
      }
    }
  }

  private func chooseCertificate(for name: String) async throws {
    let present = context.draft.listeners[name]?.certificate
    guard let chosen = try await context.chooseCertificate(present: present) else { return }
    context.draft.listeners[name]?.certificate = chosen
  }

  private func line(_ name: String) -> String {
    guard let listener = context.draft.listeners[name] else { return name }
    let address = context.draft.interfaces[listener.interface]?.address?.description ?? "no address"
    return "\(name) (on \(listener.interface), \(address)) SMTP TCP Port \(listener.port) "
      + listener.role.rawValue
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
}
