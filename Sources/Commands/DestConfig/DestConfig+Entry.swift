import Configuration
import Dialogue

// destconfig > NEW, EDIT, DEFAULT: the questions of one entry.
extension DestConfig {
  func newEntry() async throws {
    let domain = try await c.ask(
      "Enter the domain you wish to configure.", as: DestinationDomain.self
    ).text
    guard context.draft.destinations[domain] == nil else {
      throw OperationFailed("There is already an entry for \"\(domain)\".")
    }
    try await askEntry(domain, Destination(), isNew: true)
  }

  func editEntry() async throws {
    let domain = try await askEntry("Enter the domain you wish to edit.")
    try await askEntry(
      domain, context.draft.destinations[domain] ?? Destination(), isNew: false)
  }

  private func askEntry(_ domain: String, _ present: Destination, isNew: Bool) async throws {
    var entry = present
    try await askLimits(of: domain, &entry, isNew: isNew)
    if try await c.confirm(
      "Do you wish to apply a specific TLS setting for this domain?", default: entry.tls != nil)
    {
      entry.tls = try await askTLS(present: entry.tls)
    } else {
      entry.tls = nil
    }
    if let tls = entry.tls, tls != .off {
      if context.release.hasDANE { try await askDANE(&entry) }
    } else if entry.tls != present.tls {
      // DANE is asked together with a level; without one it does not stay behind unseen.
      entry.dane = nil
    }
    try await askBounces(&entry)
    try await askAddressPreference(of: domain, &entry)
    context.draft.destinations[domain] = entry.completed
    await sayWhetherDANEApplies(to: domain)
  }

  // MARK: TLS

  /// - Returns: `present` when Demo is not to be used after all.
  private func askTLS(present: OutboundTLS?) async throws -> OutboundTLS? {
    let levels = OutboundTLS.allCases
    let level = try await c.choose(
      "Do you want to use TLS support?",
      from: levels.map { Choice($0.title, $0, aliases: [$0.longWord]) },
      default: present.flatMap(levels.firstIndex).map { $0 + 1 } ?? 1)
    guard level != .off else { return level }
    await c.say(
      "\nYou have chosen to enable TLS. Please use the 'certconfig' command to\n"
        + "ensure that there is a valid certificate configured.")
    if context.draft.outbound.certificate == CertificateProfile.demoName,
      try await !context.acceptsDemo(toTest: "TLS")
    {
      await c.say("\nThe TLS setting stays as it was.")
      return present
    }
    return level
  }

  private func askDANE(_ entry: inout Destination) async throws {
    guard
      try await c.confirm("Do you wish to configure DANE Support?", default: entry.dane != nil)
    else {
      entry.dane = nil
      return
    }
    entry.dane = try await chooseDANE(present: entry.dane ?? .none)
  }

  private func chooseDANE(present: DANESupport) async throws -> DANESupport {
    let all = DANESupport.allCases
    return try await c.choose(
      "Select the DANE support:", from: all.map { Choice($0.title, $0) },
      default: (all.firstIndex(of: present) ?? 0) + 1)
  }

  /// Mail that follows an SMTP route has no MX records from which DANE could start (RFC 7672).
  func sayWhetherDANEApplies(to domain: String) async {
    let dane = context.draft.destinations[domain]?.dane ?? .none
    if dane != .none, context.draft.hasRoute(for: domain) {
      await c.say(
        "\nNote: mail to \(domain) follows an SMTP route, to which DANE is not applied.")
    }
  }

  // MARK: Bounces, addresses

  private func askBounces(_ entry: inout Destination) async throws {
    if try await c.confirm(
      "Do you wish to apply a specific bounce verification address tagging\n"
        + "setting for this domain?", default: entry.bounceVerification != nil)
    {
      entry.bounceVerification = try await askTagging(entry.bounceVerification ?? false)
    } else {
      entry.bounceVerification = nil
    }
    if try await c.confirm(
      "Do you wish to apply a specific bounce profile to this domain?",
      default: entry.bounceProfile != nil)
    {
      entry.bounceProfile = try await chooseBounceProfile(present: entry.bounceProfile)
    } else {
      entry.bounceProfile = nil
    }
  }

  private func askTagging(_ present: Bool) async throws -> Bool {
    try await c.confirm("Perform bounce verification address tagging?", default: present)
  }

  private func chooseBounceProfile(present: String?) async throws -> String {
    let names = context.draft.bounceProfileNames
    return try await c.choose(
      "Choose a bounce profile to apply:", from: names.map { Choice($0, $0) },
      default: present.flatMap(names.firstIndex).map { $0 + 1 } ?? 1)
  }

  private func askAddressPreference(
    of domain: String, _ entry: inout Destination
  ) async throws {
    if try await c.confirm(
      "Do you wish to apply a specific IP sort preference to this domain?",
      default: entry.addressPreference != nil)
    {
      entry.addressPreference = try await chooseAddressPreference(
        of: domain, entry.addressPreference ?? .preferIPv6)
    } else {
      entry.addressPreference = nil
    }
  }

  private func chooseAddressPreference(
    of domain: String, _ present: AddressPreference
  ) async throws -> AddressPreference {
    let all = AddressPreference.allCases
    return try await c.choose(
      "Select the IP sort preference for \(domain):", from: all.map { Choice($0.title, $0) },
      default: (all.firstIndex(of: present) ?? 0) + 1)
  }

  // MARK: DEFAULT

  func editDefault() async throws {
    let name = "DEFAULT"
    var values = context.draft.outbound.defaults
    values.maxConnections = try await askConnections(name, values.maxConnections)
    values.maxMessagesPerConnection = try await askMessages(name, values.maxMessagesPerConnection)
    values.recipientMinutes = try await askMinutes(values.recipientMinutes)
    values.recipientLimit = try await askRecipients(
      name, values.recipientMinutes, values.recipientLimit)
    values.scope = try await askScope(of: name, values.scope)
    values.tls = try await askTLS(present: values.tls) ?? values.tls
    if values.tls == .off {
      values.dane = .none
    } else if context.release.hasDANE {
      values.dane = try await chooseDANE(present: values.dane)
    }
    values.bounceVerification = try await askTagging(values.bounceVerification)
    values.bounceProfile = try await chooseBounceProfile(present: values.bounceProfile)
    values.addressPreference = try await chooseAddressPreference(of: name, values.addressPreference)
    context.draft.outbound.defaults = values
    if values.dane != .none, context.draft.routes.count > 0 {
      await c.say("\nNote: DANE is not applied to mail that follows an SMTP route.")
    }
  }
}
