import Addresses
import Configuration
import Logs
import NIOCore
import Resolver
import SMTP
import Transport

/// From the connection to the banner: who is it, and what may it do?
extension SMTPServerHandler {
  /// Finds out the client's name, then decides.
  func begin(_ context: ChannelHandlerContext) {
    guard let remote = context.remoteAddress?.ipv4Address else {
      context.close(promise: nil)
      return
    }
    let network = listener.network
    let address = network.map.address(ofPeer: remote)
    if let zone = network.names as? Zone {
      // It answers at once.
      meet(address, zone.hostName(of: address), context)
      return
    }
    guard services.counts.openLookUp(limit: listener.shared.maxConnections) else {
      finish(.tooManyToHost, context)
      return
    }
    phase = .lookUp
    timer.expect(within: services.limits.lookupTime) {
      self.lookUp?.cancel()
      self.meet(address, nil, context)
    }
    let services = services
    let found = context.eventLoop.makePromise(of: (name: DomainName, isConfirmed: Bool)?.self)
    lookUp = found.completeWithTask {
      let host = await network.names.hostName(of: address)
      services.counts.closeLookUp()
      return host
    }
    found.futureResult.assumeIsolated().whenSuccess { host in
      // It may have taken too long.
      if self.phase == .lookUp { self.meet(address, host, context) }
    }
  }

  private func meet(
    _ address: IPv4Address, _ host: (name: DomainName, isConfirmed: Bool)?,
    _ context: ChannelHandlerContext
  ) {
    phase = .new
    let client = SenderFacts(address, host: host, reputation: listener.network.reputation)
    let decision = listener.access.decide(client)
    self.client = client
    self.decision = decision
    if decision.behavior == .tcpRefuse {
      services.log.write(MailLogLines.decision(nil, decision, client))
      reset(context)
      return
    }
    guard let number = services.identifiers.next() else {
      finish(.cannotServe, context)
      return
    }
    let id = InjectionConnectionID(number: number)
    self.id = id
    services.log.write(
      MailLogLines.newConnection(
        id, interface: listener.interface, address: listener.address, sender: client))
    services.log.write(MailLogLines.decision(id, decision, client))
    if let refusal = refusal(client, decision) {
      finish(refusal, context)
    } else {
      open(decision, context)
    }
    resumeReading(context)
  }

  /// The reply in place of a banner to whom is not served; who is served is counted.
  private func refusal(_ client: SenderFacts, _ decision: AccessTable.Decision) -> Reply? {
    let policy = decision.parameters
    if services.suspended.contains(listener.name) { return .suspended }
    if decision.behavior == .reject {
      return .refusal(hostName: greetingName(policy), text: policy.rejectBanner)
    }
    let refusal = services.counts.open(
      listener: listener.name, address: client.address, perHost: policy.maxConnectionsPerHost,
      perListener: listener.maxConnections, inAll: listener.shared.maxConnections)
    isCounted = refusal == nil
    return refusal
  }

  private func open(_ decision: AccessTable.Decision, _ context: ChannelHandlerContext) {
    phase = .open
    session = ServerSession(settings: settings(decision))
    for bytes in early { session?.receive(bytes.readableBytesView) }
    early = []
    timer.limit(to: .seconds(listener.shared.connectionTime))
    expectWithin(listener.idleTime, context)
    pump(context)
  }

  private func settings(_ decision: AccessTable.Decision) -> ServerSettings {
    let policy = decision.parameters
    var settings = ServerSettings(
      hostName: greetingName(policy), banner: policy.acceptBanner,
      maximumSize: policy.maxMessageSize,
      startTLS: policy.tls.requiresEncryption
        ? .required : policy.tls.offersEncryption ? .offered : .off,
      sendersRequiringTLS: policy.tls == .preferred ? policy.tlsAddressList : [])
    settings.recipients = decision.behavior == .relay ? .everybody : listener.recipients
    settings.defaultDomain = listener.defaultDomain
    settings.recipientLimit = policy.maxRecipientsPerMessage
    settings.messageLimit = policy.maxMessagesPerConnection
    return settings
  }

  private func greetingName(_ policy: PolicyParameters) -> String {
    policy.bannerHostName.isEmpty ? listener.hostName : policy.bannerHostName
  }
}
