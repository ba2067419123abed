import Addresses
import Foundation
import SMTP
import Testing
@testable import Mail

/// The forms of mail.log about outgoing connections, to the byte.
@Suite struct DeliveryLinesTests {
  private static let id = DeliveryConnectionID(number: 41_014_367)
  private static let message = MessageID(number: 179_701_982)
  private static let data1 = IPv4Address(bits: 0xC0A8_0101)
  private static let peer = IPv4Address(bits: 0x0A00_0001)

  @Test func aDelivery() {
    #expect(
      MailLogLines.newConnection(Self.id, interface: Self.data1, address: Self.peer, port: 25)
        == "New SMTP DCID 41014367 interface 192.168.1.1 address 10.0.0.1 port 25")
    #expect(
      MailLogLines.tlsSuccess(
        Self.id, protocolName: "TLSv1.2", cipher: "ECDHE-RSA-AES256-GCM-SHA384")
        == "DCID 41014367 TLS success protocol TLSv1.2 cipher ECDHE-RSA-AES256-GCM-SHA384")
    #expect(
      MailLogLines.deliveryStart(Self.id, Self.message, recipients: [0])
        == "Delivery start DCID 41014367 MID 179701982 to RID [0]")
    #expect(
      MailLogLines.messageDone(Self.id, Self.message, recipients: [0, 1])
        == "Message done DCID 41014367 MID 179701982 to RID [0, 1]")
    #expect(
      MailLogLines.response(Self.message, recipients: [0], "2.0.0 Ok: queued as 1")
        == "MID 179701982 RID [0] Response '2.0.0 Ok: queued as 1'")
    #expect(
      MailLogLines.messageFinished(Self.message) == "Message finished MID 179701982 done")
    #expect(MailLogLines.close(Self.id) == "DCID 41014367 close")
  }

  @Test(arguments: [(true, "IP:10.0.0.1"), (false, "IP: 10.0.0.1")])
  func aConnectionError(inOldForm: Bool, address: String) {
    #expect(
      MailLogLines.connectionError(
        Self.id, domain: "domain", address: Self.peer, port: 25, interface: Self.data1,
        ConnectionErrorDetails(Reply(454, "TLS not available due to temporary reason")),
        inOldForm: inOldForm)
        == "Connection Error: DCID 41014367 domain: domain \(address) port: 25 details:"
        + " 454-'TLS not available due to temporary reason' interface: 192.168.1.1"
        + " reason: unexpected SMTP response")
  }

  @Test(arguments: [
    (ECONNREFUSED, "[Errno 61] Connection refused"), (ETIMEDOUT, "[Errno 60] Operation timed out"),
    (ECONNRESET, "[Errno 54] Connection reset by peer"),
    (EHOSTUNREACH, "[Errno 65] No route to host"),
  ])
  func errorsOfTheNetworkHaveTheNumbersOfFreeBSD(code: Int32, text: String) {
    let details = ConnectionErrorDetails(system: code)
    #expect(details.text == text)
    #expect(details.reason == "network error")
  }

  @Test func whatCouldNotBeDelivered() {
    let recipient = QueuedMessage.Recipient(
      index: 0, address: "c@d", attempts: 0, due: Date(timeIntervalSince1970: 0))
    let message = QueuedMessage(
      id: Self.message, sender: "a@b", recipients: [recipient], size: 1, isEightBit: false,
      bounceProfile: "Default", isAlert: false, receivedAt: Date(timeIntervalSince1970: 0))
    #expect(
      MailLogLines.delayed(
        Self.id, message, recipient,
        BounceReason(RecipientReply(.rcpt, Reply(421, ["4.3.2 try", "again"]))))
        == "Delayed: DCID 41014367 MID 179701982 From: <a@b> To: <c@d> RID 0 - 4.3.2"
        + " - Not accepting messages at this time ('421', ['4.3.2 try', 'again'])")
    #expect(
      MailLogLines.bounced(
        .none, message, recipient, .expired(lastError: "certificate has expired"))
        == "Bounced: DCID 0 MID 179701982 From: <a@b> To: <c@d> RID 0 - 5.4.7"
        + " - Delivery expired (message too old) ('000', ['certificate has expired'])")
    #expect(
      MailLogLines.generated(MessageID(number: 9), forBounceOf: MessageID(number: 7))
        == "MID 9 was generated for bounce of MID 7")
  }

  @Test func aRefusalIsReadByWhereItCame() {
    func status(_ stage: RecipientReply.Stage, _ code: Int) -> String {
      BounceReason(RecipientReply(stage, Reply(code, "x"))).status
    }
    #expect(status(.rcpt, 550) == "5.1.0 - Unknown address error")
    #expect(status(.rcpt, 451) == "4.1.0 - Unknown address error")
    #expect(status(.mail, 550) == "5.1.0 - Unknown address error")
    #expect(status(.data, 554) == "5.3.0 - Other mail system problem")
    #expect(status(.data, 452) == "4.3.0 - Other mail system problem")
    #expect(status(.data, 421) == "4.3.2 - Not accepting messages at this time")
  }
}
