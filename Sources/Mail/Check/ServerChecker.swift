import Addresses
import Control
import Foundation
import Resolver
import SMTP
import TLS
import Transport

/// One visit to one address of a mail server.
struct ServerChecker: Sendable {
  let host: MailHost
  let address: IPv4Address
  let visitor: DomainCheck.Visitor
  let recipient: String
  let tls: VisitorTLS
  let limits: DeliveryLimits
  let calendar: @Sendable () -> Date
  private let recorder = ConversationRecorder()

  init(
    host: MailHost, address: IPv4Address, visitor: DomainCheck.Visitor, recipient: String,
    tls: VisitorTLS, limits: DeliveryLimits, calendar: @escaping @Sendable () -> Date
  ) {
    self.host = host
    self.address = address
    self.visitor = visitor
    self.recipient = recipient
    self.tls = tls
    self.limits = limits
    self.calendar = calendar
  }

  /// Goes through all steps, as far as the server lets it.
  func check(over dialer: Dialer) async -> ServerCheck {
    var check = ServerCheck(
      host: host.label, address: "\(address)", port: host.port, preference: host.preference)
    recorder.note("Trying TLS on \(host.label) [\(address):\(host.port)] (\(host.preference))")
    do throws(Dialer.Failure) {
      let client = try await SMTPClient(
        dialer, to: address, port: host.port, from: visitor.source, hostName: visitor.hostName,
        limits: limits, among: OpenChannels(), recorder: recorder)
      await converse(client, &check)
      await client.quit()
    } catch {
      recorder.note("No connection: \(ProbeFailure(error)).", .failure)
    }
    check.lines = recorder.lines
    if let time = recorder.connectTime {
      check.successes[.answer] = ServerCheck.Success(time: time)
      addTimes(since: time, to: &check)
    }
    return check
  }

  private func converse(_ client: SMTPClient, _ check: inout ServerCheck) async {
    do throws(ConnectionLoss) {
      let extensions = try await client.introduce()
      succeed(.connect, &check)
      succeed(.hello, &check)
      if extensions.offersTLS {
        recorder.note("The server offers STARTTLS.")
        guard try await encrypt(client, &check) else { return }
      } else {
        fail("The server does not offer STARTTLS.")
      }
      try await rehearse(client, &check)
    } catch {
      // It was let in if it could introduce itself.
      if recorder.lines.contains(where: { $0.kind == .sent }) { succeed(.connect, &check) }
      fail("The conversation ends: \(ProbeFailure(error.cause)).")
    }
  }

  /// Starts TLS.
  ///
  /// - Returns: whether the conversation goes on, encrypted or in clear.
  private func encrypt(_ client: SMTPClient, _ check: inout ServerCheck)
    async throws(ConnectionLoss) -> Bool
  {
    let now = calendar()
    let start = tls.start(serverName: host.name?.description, at: now)
    switch try await client.startTLS(start) {
    case .refused(let reply):
      fail("The server refuses STARTTLS.")
      return reply.code != 421
    case .failed(let failure):
      succeed(.startTLS, &check)
      fail("TLS fails: \(ProbeFailure(failure)).")
      return false
    case .encrypted(let details):
      succeed(.startTLS, &check)
      recorder.note("The connection is encrypted: \(details.protocolName), \(details.cipher)")
      await judge(details, at: now, &check)
    }
    _ = try await client.introduce()
    succeed(.secure, &check)
    return true
  }

  private func judge(_ details: TLSHandler.Details, at now: Date, _ check: inout ServerCheck)
    async
  {
    do {
      let encryption = try await tls.judge(details, host: host.label, at: now)
      check.encryption = encryption
      for line in encryption.report(host: host.label) { recorder.note(line.text, line.kind) }
      if encryption.isVerified { succeed(.certificate, &check) }
    } catch {
      fail("\(error)")
    }
  }

  private func rehearse(_ client: SMTPClient, _ check: inout ServerCheck)
    async throws(ConnectionLoss)
  {
    let envelope = ClientEnvelope(
      sender: "postmaster@\(visitor.hostName)", recipients: [recipient], size: 0)
    guard let reply = try await client.rehearse(envelope).first else { return }
    if reply.stage == .mail { return fail("The server refuses the sender.") }
    succeed(.sender, &check)
    if reply.reply.code >= 400 { return fail("The server refuses the recipient.") }
    succeed(.recipient, &check)
  }

  private func succeed(_ step: ServerCheck.Step, _ check: inout ServerCheck) {
    check.successes[step] = ServerCheck.Success(time: .zero)
  }

  private func fail(_ sentence: String) { recorder.note(sentence, .failure) }

  // MARK: Times

  /// Tells the steps how long they took, by the lines.
  ///
  /// - Parameter connected: when the server had answered.
  private func addTimes(since connected: Duration, to check: inout ServerCheck) {
    let times = ExchangeTimes(check.lines, since: connected)
    for (step, time) in times.bySteps where check.successes[step] != nil {
      check.successes[step] = ServerCheck.Success(time: time)
    }
  }
}
