import Addresses
import Logs
import SMTP
import Transport

/// A connection on which messages for a domain can be delivered: introduced, and as secure as the
/// domain's level wants it.
struct DeliveryConnection: Sendable {
  /// Its number.
  let id: DeliveryConnectionID
  /// The host at its other end.
  let peer: DeliveryPeer
  private let client: SMTPClient
  private let log: Log

  init(id: DeliveryConnectionID, peer: DeliveryPeer, client: SMTPClient, log: Log) {
    self.id = id
    self.peer = peer
    self.client = client
    self.log = log
  }

  /// Sends a message to some of its recipients.
  ///
  /// - Returns: one reply for each of them, in their order.
  /// - Throws: the end of the connection, with what was known until then.
  func deliver(
    _ message: QueuedMessage, to recipients: [QueuedMessage.Recipient], content: [UInt8]
  ) async throws(ConnectionLoss) -> [RecipientReply] {
    log.write(MailLogLines.deliveryStart(id, message.id, recipients: recipients.map(\.index)))
    return try await client.deliver(
      ClientEnvelope(
        sender: message.sender, recipients: recipients.map(\.address), size: content.count,
        isEightBit: message.isEightBit),
      content: content)
  }

  /// Says goodbye and closes it.
  func close() async {
    await client.quit()
    log.write(MailLogLines.close(id))
  }
}
