import Addresses
import Configuration
import Logs
import PKI
import Resolver
import ServiceTLS
import SMTP
import TLS
import Transport

/// Makes a connection to a host and brings it to where mail may be sent, logging each step.
struct ConnectionOpening: Sendable {
  let id: DeliveryConnectionID
  let peer: DeliveryPeer
  let configuration: DeliveryConfiguration
  let services: DeliveryServices

  /// Connects, is introduced, and starts TLS if the domain's level wants it.
  ///
  /// - Throws: why mail does not go there; the connection is closed then.
  func open() async throws(HostFailure) -> DeliveryConnection {
    let client = try await connect()
    do {
      var extensions = try await client.introduce()
      if peer.tls.triesTLS, try await startTLS(client, extensions) {
        extensions = try await introduceEncrypted(client)
      }
      return DeliveryConnection(id: id, peer: peer, client: client, log: services.log)
    } catch {
      let failure = failure(error)
      await client.quit()
      write(MailLogLines.close(id))
      throw failure
    }
  }

  private func connect() async throws(HostFailure) -> SMTPClient {
    write(
      MailLogLines.newConnection(
        id, interface: peer.source.address, address: peer.address, port: peer.port))
    do {
      return try await SMTPClient(
        Dialer(group: services.group, map: configuration.map), to: peer.address, port: peer.port,
        from: peer.source.address, hostName: peer.source.hostName, limits: services.limits,
        among: services.connections)
    } catch {
      throw lose(ConnectionErrorDetails(error))
    }
  }

  private func failure(_ error: any Error) -> HostFailure {
    switch error {
    case let failure as HostFailure: failure
    case let loss as ConnectionLoss: lose(ConnectionErrorDetails(loss.cause))
    default: failure("\(error)")
    }
  }

  private func lose(_ details: ConnectionErrorDetails) -> HostFailure {
    write(error: details)
    return failure(details.text)
  }

  private func failure(_ reason: String, isTLS: Bool = false, alerts: Bool = false) -> HostFailure {
    HostFailure(host: peer.description, reason: reason, isTLS: isTLS, alerts: alerts)
  }

  // MARK: TLS

  /// Begins TLS, or finds out that the mail may go in clear.
  ///
  /// - Returns: whether the connection is encrypted now.
  /// - Throws: `HostFailure` where the mail may not go on here; `ConnectionLoss`.
  private func startTLS(_ client: SMTPClient, _ extensions: ServerExtensions) async throws -> Bool {
    guard extensions.isExtended else {
      try meet(.helloRefused, .notSupported)
      return false
    }
    guard extensions.offersTLS else {
      try meet(.notListed, .notSupported)
      return false
    }
    guard
      let start = configuration.start(
        peer.tls.chainCheck, with: peer.host, dane: peer.dane, at: services.calendar())
    else {
      try meet(.handshakeFailed, .notSetUp)
      return false
    }
    do {
      return try await took(client.startTLS(start))
    } catch let loss as ConnectionLoss {
      try lost(loss)
    }
  }

  /// With TLS 1.3 only now a peer says that it does not like our certificate (RFC 8446 §4.4.2.4):
  /// to whoever looks, its handshake failed.
  private func introduceEncrypted(_ client: SMTPClient) async throws -> ServerExtensions {
    do {
      return try await client.introduce()
    } catch {
      if case .tls = error.cause { try lost(error) }
      throw error
    }
  }

  private func took(_ answer: SMTPClient.StartTLS) async throws -> Bool {
    switch answer {
    case .encrypted(let details):
      try await judge(details)
      return true
    case .refused(let reply):
      try meet(.refused, .refused(reply))
      if reply.code == 421 { throw failure(ConnectionErrorDetails(reply).text, isTLS: true) }
      return false
    case .failed(let failure):
      try meet(
        .handshakeFailed, TLSFault(failure, inOldForm: configuration.release.logsOldOpenSSLErrors))
      return false
    }
  }

  /// The connection was lost between STARTTLS and the conversation in TLS.
  private func lost(_ loss: ConnectionLoss) throws -> Never {
    let fault = TLSFault(loss.cause, inOldForm: configuration.release.logsOldOpenSSLErrors)
    try meet(fault.reply == nil ? .handshakeFailed : .refused, fault)
    throw failure(fault.reason, isTLS: true)
  }

  /// Looks at chain and names of a peer after the handshake.
  private func judge(_ details: TLSHandler.Details) async throws {
    let success = MailLogLines.tlsSuccess(
      id, protocolName: details.protocolName, cipher: details.cipher)
    if let fault = await fault(details) {
      try meet(.unverified, fault, success: success)
      return
    }
    write(success)
    if peer.tls.chainCheck == .dane { write(MailLogLines.daneSuccess(id, domain: peer.domain)) }
  }

  private func fault(_ details: TLSHandler.Details) async -> TLSFault? {
    if peer.tls.chainCheck == .reported, case .failed(let failure) = details.verification {
      return TLSFault(unverified: failure.reason)
    }
    guard let rules = peer.tls.nameRules else { return nil }
    guard let certificate = details.peerCertificates.all.first else {
      return TLSFault(unverified: NameRules.mismatch)
    }
    let names = await configuration.names(
      of: peer.address, domain: peer.domain, host: peer.host, hosts: peer.hosts)
    return rules.fault(
      of: certificate, names,
      demandsFullNames: configuration.contexts?.demandsFullNames == true
    ).map { TLSFault(unverified: $0) }
  }

  /// Does what the policy says of an obstacle.
  ///
  /// - Throws: `HostFailure` where the mail may not go on here.
  private func meet(_ obstacle: TLSObstacle, _ fault: TLSFault, success: String? = nil) throws {
    let consequence = peer.tls.consequence(of: obstacle)
    for line in consequence.lines { write(line, fault, success) }
    if consequence.next == .notHere {
      throw failure(fault.reason, isTLS: true, alerts: consequence.alerts)
    }
  }

  // MARK: The log

  private func write(_ line: TLSConsequence.Line, _ fault: TLSFault, _ success: String?) {
    switch line {
    case .commandNotSupported: write(MailLogLines.startTLSNotSupported(id))
    case .connectionError:
      if let reply = fault.reply { write(error: ConnectionErrorDetails(reply)) }
    case .unexpectedResponse: write(MailLogLines.tlsFailed(id, "STARTTLS unexpected response"))
    case .handshakeFailed: write(MailLogLines.tlsFailed(id, fault.logText))
    case .nameMismatch: write(MailLogLines.tlsFailed(id, "verify error: \(fault.reason)"))
    case .success: if let success { write(success) }
    case .unverified: write(MailLogLines.tlsUnverified(id, fault.reason))
    case .daneFailed: write(MailLogLines.daneFailed(id, domain: peer.domain, fault.reason))
    case .required:
      write(
        MailLogLines.tlsRequired(
          id, oldAddress: configuration.release.logsOldDeliveryLines ? peer.address : nil))
    }
  }

  private func write(error details: ConnectionErrorDetails) {
    write(
      MailLogLines.connectionError(
        id, domain: peer.domain, address: peer.address, port: peer.port,
        interface: peer.source.address, details,
        inOldForm: configuration.release.logsOldDeliveryLines))
  }

  private func write(_ line: String) { services.log.write(line) }
}
