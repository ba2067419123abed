import Configuration
import Dialogue
import PKI

/// `sslconfig`: TLS versions and ciphers of the appliance's services, and how peers are checked.
struct SSLConfig {
  let context: CommandContext
  var c: Conversation { context.conversation }

  enum Operation: String, MenuOperation, CaseIterable {
    case gui = "GUI"
    case inbound = "INBOUND"
    case outbound = "OUTBOUND"
    case verify = "VERIFY"
    case peerFQDN = "PEER_CERT_FQDN"
    case peerX509 = "PEER_CERT_X509"

    var summary: String {
      switch self {
      case .gui: "Edit GUI HTTPS ssl settings."
      case .inbound: "Edit Inbound SMTP ssl settings."
      case .outbound: "Edit Outbound SMTP ssl settings."
      case .verify: "Verify and show ssl cipher list."
      case .peerFQDN: "Validate the names in a peer's certificate."
      case .peerX509: "Validate the form of a peer's certificate."
      }
    }
  }

  func run() async throws {
    guard context.arguments.isEmpty else { return try await runBatch() }
    try await context.menu {
      await showSettings()
    } operations: {
      Operation.allCases
    } run: { operation in
      switch operation {
      case .gui: try await edit(.gui)
      case .inbound: try await edit(.inbound)
      case .outbound: try await edit(.outbound)
      case .verify:
        try await show(c.ask("Enter the ssl cipher you want to verify.", as: CipherList.self))
      case .peerFQDN: try await toggle("peer certificate FQDN validation", \.checksPeerFQDN)
      case .peerX509: try await toggle("peer certificate X509 validation", \.checksPeerX509)
      }
    }
  }

  private func showSettings() async {
    await c.say("\nsslconfig settings:")
    for service in SSLSettings.ServiceKind.allCases {
      let settings = context.draft.ssl[service]
      await c.say("  \(service.title) method:  \(settings.versions.map(\.word).joined())")
      await c.say("  \(service.title) ciphers: \(settings.ciphers)")
    }
  }

  // MARK: GUI, INBOUND, OUTBOUND

  private func edit(_ service: SSLSettings.ServiceKind) async throws {
    let present = context.draft.ssl[service]
    let methods = SSLMethod.offered(by: context.release)
    let name = service == .gui ? service.title : service.rawValue + " SMTP"
    let chosen = try await c.chooseSeveral(
      "Enter the \(name) ssl method you want to use.",
      from: methods.map { Choice($0.title, $0) },
      default: methods.indices.filter { methods[$0].isOn(in: present) }.map { $0 + 1 },
      check: SSLMethod.check)
    let ciphers = try await c.ask(
      "Enter the \(name) ssl cipher you want to use.", as: CipherList.self,
      default: CipherList(checked: present.ciphers))
    await set(service, to: chosen, ciphers)
  }

  private func set(
    _ service: SSLSettings.ServiceKind, to methods: [SSLMethod], _ ciphers: CipherList
  ) async {
    let versions = methods.compactMap(\.version)
    if let oldest = versions.min(), let newest = versions.max() {
      context.draft.ssl[service].minimum = oldest
      context.draft.ssl[service].maximum = newest
    }
    context.draft.ssl[service].ciphers = ciphers.text
    if versions.count < methods.count {
      await c.say("\nNote: this engine has no SSL v2 and no SSL v3; they are left out.")
    }
  }

  // MARK: VERIFY

  private func show(_ list: CipherList) async throws {
    let suites = try CipherSuite.all(in: list.text)
    try await c.page("\n" + suites.map(\.description).joined(separator: "\n"))
  }

  // MARK: PEER_CERT_FQDN, PEER_CERT_X509

  /// ENABLE or DISABLE, whichever makes sense.
  struct Switch: MenuOperation {
    let turnsOn: Bool
    let setting: String

    var word: String { turnsOn ? "ENABLE" : "DISABLE" }
    var summary: String { "\(turnsOn ? "Enable" : "Disable") \(setting)." }
  }

  private func toggle(_ name: String, _ setting: WritableKeyPath<SSLSettings, Bool>) async throws {
    let isOn = context.draft.ssl[keyPath: setting]
    await c.say("\nThe \(name) is \(isOn ? "enabled" : "disabled").")
    guard let chosen = try await c.menu([Switch(turnsOn: !isOn, setting: name)]) else { return }
    context.draft.ssl[keyPath: setting] = chosen.turnsOn
  }

  // MARK: Batch forms

  /// `sslconfig verify LIST`, `sslconfig gui|inbound|outbound METHODS [LIST]`.
  private func runBatch() async throws {
    let words = context.arguments
    if words[0].lowercased() == "verify", words.count == 2 {
      return try await show(CipherList(answer: words[1]))
    }
    let methods = SSLMethod.offered(by: context.release)
    guard let service = SSLSettings.ServiceKind(rawValue: words[0].lowercased()),
      (2...3).contains(words.count),
      let selection = Selection(words[1], among: methods.map(\.title))
    else { throw InvalidArguments() }
    let chosen = selection.numbers.map { methods[$0 - 1] }
    try SSLMethod.check(chosen)
    let present = CipherList(checked: context.draft.ssl[service].ciphers)
    await set(service, to: chosen, words.count == 3 ? try CipherList(answer: words[2]) : present)
  }
}
