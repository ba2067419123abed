import Addresses
import Configuration
import Control
import PKI
import Resolver
import ServiceTLS
import SMTP
import TLS
import Transport

/// A connection to a mail server on which TLS is tried.
struct MailConnectionProbe: ProbedConnection {
  let client: SMTPClient
  let channels: OpenChannels
  let address: IPv4Address
  let localAddress: IPv4Address
  let server: MailServerProbe

  var source: String { "\(localAddress)" }

  func startTLS() async throws -> ProbedTLS { try await start(.reported, nil) }

  func startDANE() async throws -> ProbedTLS {
    guard let dane = DANEParameters(await server.lookUpTLSA(), domain: server.domain) else {
      throw ProbeFailure("there are no secure TLSA records")
    }
    return try await start(.dane, dane)
  }

  func close() async {
    await withTaskCancellationHandler {
      await client.quit()
    } onCancel: {
      channels.close()
    }
  }

  private func start(_ check: DeliveryTLS.ChainCheck, _ dane: DANEParameters?) async throws
    -> ProbedTLS
  {
    try await withTaskCancellationHandler {
      do {
        let details = try await shakeHands(check, dane)
        // With TLS 1.3 only now a server says that it does not like our certificate.
        _ = try await client.introduce()
        return await facts(details)
      } catch let loss as ConnectionLoss {
        throw ProbeFailure(loss.cause)
      }
    } onCancel: {
      channels.close()
    }
  }

  private func shakeHands(_ check: DeliveryTLS.ChainCheck, _ dane: DANEParameters?) async throws
    -> TLSHandler.Details
  {
    let extensions = try await client.introduce()
    guard extensions.isExtended else { throw ProbeFailure("the server does not know EHLO") }
    guard extensions.offersTLS else { throw ProbeFailure("the server does not offer STARTTLS") }
    let delivery = server.probe.delivery
    guard
      let start = delivery.start(
        check, with: server.host.name?.description, dane: dane, at: server.probe.calendar())
    else { throw ProbeFailure("TLS cannot be set up") }
    switch try await client.startTLS(start) {
    case .encrypted(let details): return details
    case .refused(let reply): throw ProbeFailure(refused: reply)
    case .failed(let failure): throw ProbeFailure(failure)
    }
  }

  private func facts(_ details: TLSHandler.Details) async -> ProbedTLS {
    var facts = ProbedTLS(protocolName: details.protocolName, cipher: details.cipher)
    if case .failed(let failure) = details.verification { facts.chainFault = failure.reason }
    guard let certificate = details.peerCertificates.all.first else { return facts }
    facts.commonName = certificate.commonName
    facts.names = certificate.namesForPeople
    let names = await server.names(at: address)
    facts.nameFault = NameRules.verify.fault(
      of: certificate, names,
      demandsFullNames: server.probe.delivery.contexts?.demandsFullNames == true)
    facts.match = NameRules.verify.match(certificate, names)?.presented
    return facts
  }
}
