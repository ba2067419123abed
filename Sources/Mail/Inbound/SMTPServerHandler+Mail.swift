import Configuration
import Foundation
import Logs
import NIOCore
import SMTP

/// A message, from MAIL to the reply that says that it is safe.
extension SMTPServerHandler {
  /// A message that went through more hosts goes in circles (RFC 5321 §6.3).
  private static let hopLimit = 100

  func begin(from sender: EnvelopeAddress) {
    guard let id, let message = services.nextMessageID() else {
      session?.refuse(.serverError)
      return
    }
    self.message = message
    services.log.write(MailLogLines.start(message, id))
    services.log.write(MailLogLines.sender(message, id, sender))
    session?.accept()
  }

  func add(_ recipient: EnvelopeAddress, _ index: Int) {
    guard let id, let message, let client, let policy = decision?.parameters else { return }
    let isWithinLimit = services.recipients.add(
      listener: listener.name, address: client.address, limit: policy.maxRecipientsPerHour,
      at: services.calendar())
    guard isWithinLimit else {
      services.totals.rejectedRecipient()
      services.log.write(MailLogLines.rejectedByLimit(message, id, recipient))
      session?.refuse(.tooManyRecipientsThisHour)
      return
    }
    services.log.write(MailLogLines.recipient(message, id, index: index, recipient))
    session?.accept()
  }

  func logRejection(of recipient: EnvelopeAddress) {
    guard let id, let message else { return }
    services.totals.rejectedRecipient()
    services.log.write(MailLogLines.rejected(message, id, recipient))
  }

  var receivedHeader: [UInt8] {
    guard let client else { return [] }
    return ReceivedHeader(
      client: client, clientName: session?.clientName, hostName: listener.hostName,
      cipher: cipher, date: services.calendar()
    ).bytes
  }

  /// Logs that the message that was begun does not come, or is not taken; without one it does
  /// nothing.
  func abandon(_ reason: MailLogLines.AbortReason) {
    guard let message else { return }
    self.message = nil
    logAbort(of: message, reason)
  }

  private func logAbort(of message: MessageID, _ reason: MailLogLines.AbortReason) {
    for line in MailLogLines.aborted(message, reason) { services.log.write(line) }
  }

  /// Hands a message over; the client waits for the word that it is on disk.
  func take(_ received: ReceivedMessage, _ context: ChannelHandlerContext) {
    guard let message else { return }
    let header = HeaderSummary(of: received.content.suffix(received.size))
    log(header, received, message)
    if header.hops > Self.hopLimit {
      abandon(.tooManyHops)
      session?.refuse(.tooManyHops)
      return
    }
    services.log.write(
      MailLogLines.matched(
        message, isOutgoing: decision?.behavior == .relay || listener.role == .private))
    if listener.role == .blackhole {
      services.log.write(MailLogLines.discarded(message, listener: listener.name))
      self.message = nil
      session?.accept(as: message.number)
      return
    }
    // Its end is not the connection's from here on.
    self.message = nil
    let promise = context.eventLoop.makePromise(of: Void.self)
    let recipients = received.recipients.count
    promise.futureResult.assumeIsolated().whenComplete { result in
      if case .success = result { self.services.totals.accepted(recipients: recipients) }
      self.answer(message, result, context)
    }
    services.intake.accept(
      NewMessage(
        id: message, sender: received.sender.text, recipients: received.recipients.map(\.text),
        content: received.content, isEightBit: received.isEightBit,
        bounceProfile: listener.bounceProfile, receivedAt: services.calendar()),
      promise: promise)
  }

  private func log(_ header: HeaderSummary, _ received: ReceivedMessage, _ message: MessageID) {
    if let messageID = header.messageID, listener.logging.logsMessageIdentifier {
      services.log.write(MailLogLines.messageID(message, messageID))
    }
    if listener.logging.logsSubject {
      services.log.write(
        MailLogLines.subject(
          message, header.subject ?? "",
          isQuotedSingly: listener.release.quotesSubjectsSingly))
    }
    services.log.write(MailLogLines.ready(message, size: received.size, received.sender))
  }

  /// The queue's word; the client may be gone by now.
  private func answer(
    _ message: MessageID, _ result: Result<Void, any Error>, _ context: ChannelHandlerContext
  ) {
    switch result {
    case .success:
      services.log.write(MailLogLines.queued(message))
      session?.accept(as: message.number)
    case .failure(IntakeFailure.full):
      logAbort(of: message, .queueFull)
      session?.refuse(.queueFull)
    case .failure:
      logAbort(of: message, .serverError)
      session?.refuse(.serverError)
    }
    if phase == .open { pump(context) }
  }
}

extension MailLogLines.AbortReason {
  init(_ abandonment: ServerSession.Abandonment) {
    switch abandonment {
    case .byClient: self = .byClient
    case .tooLarge: self = .tooLarge
    case .bareLineEnd: self = .bareLineEnd
    case .noRoom: self = .queueFull
    }
  }
}
