import Addresses
import TLS
import Transport

/// The texts about outgoing connections.
extension MailLogLines {
  typealias DCID = DeliveryConnectionID

  static func newConnection(
    _ id: DCID, interface: IPv4Address, address: IPv4Address, port: Int
  ) -> String {
    "New SMTP DCID \(id) interface \(interface) address \(address) port \(port)"
  }

  /// - Parameters:
  ///   - details: what the network or the peer said.
  ///   - inOldForm: whether `IP:` has no blank behind it.
  static func connectionError(
    _ id: DCID, domain: String, address: IPv4Address, port: Int, interface: IPv4Address,
    _ details: ConnectionErrorDetails, inOldForm: Bool
  ) -> String {
    "Connection Error: DCID \(id) domain: \(domain) IP:\(inOldForm ? "" : " ")\(address)"
      + " port: \(port) details: \(details.text) interface: \(interface)"
      + " reason: \(details.reason)"
  }

  static func tlsSuccess(_ id: DCID, protocolName: String, cipher: String) -> String {
    "DCID \(id) TLS success protocol \(protocolName) cipher \(cipher)"
  }

  static func tlsFailed(_ id: DCID, _ reason: String) -> String {
    "DCID \(id) TLS failed: \(reason)"
  }

  static func tlsUnverified(_ id: DCID, _ reason: String) -> String {
    "DCID \(id) TLS unverified: \(reason)"
  }

  static func startTLSNotSupported(_ id: DCID) -> String {
    "DCID \(id) STARTTLS command not supported"
  }

  /// - Parameter oldAddress: the peer's address, in the form of the releases that name it.
  static func tlsRequired(_ id: DCID, oldAddress: IPv4Address?) -> String {
    "DCID \(id)\(oldAddress.map { " IP \($0)" } ?? "")"
      + " TLS was required but could not be successfully negotiated"
  }

  static func daneSuccess(_ id: DCID, domain: String) -> String {
    "DCID \(id) DANE success for \(domain)"
  }

  static func daneFailed(_ id: DCID, domain: String, _ reason: String) -> String {
    "DCID \(id) DANE failed for \(domain): \(reason)"
  }

  static func deliveryStart(_ id: DCID, _ message: MessageID, recipients: [Int]) -> String {
    "Delivery start DCID \(id) MID \(message) to RID \(recipients)"
  }

  static func messageDone(_ id: DCID, _ message: MessageID, recipients: [Int]) -> String {
    "Message done DCID \(id) MID \(message) to RID \(recipients)"
  }

  static func response(_ message: MessageID, recipients: [Int], _ text: String) -> String {
    "MID \(message) RID \(recipients) Response \(PythonText.quoted(text))"
  }

  static func messageFinished(_ message: MessageID) -> String {
    "Message finished MID \(message) done"
  }

  static func delayed(
    _ id: DCID, _ message: QueuedMessage, _ recipient: QueuedMessage.Recipient,
    _ reason: BounceReason
  ) -> String { "Delayed: \(undelivered(id, message, recipient, reason))" }

  static func bounced(
    _ id: DCID, _ message: QueuedMessage, _ recipient: QueuedMessage.Recipient,
    _ reason: BounceReason
  ) -> String { "Bounced: \(undelivered(id, message, recipient, reason))" }

  private static func undelivered(
    _ id: DCID, _ message: QueuedMessage, _ recipient: QueuedMessage.Recipient,
    _ reason: BounceReason
  ) -> String {
    "DCID \(id) MID \(message.id) From: <\(message.sender)> To: <\(recipient.address)>"
      + " RID \(recipient.index) - \(reason.status)"
      + " ('\(reason.code)', \(PythonText.list(reason.lines)))"
  }

  static func generated(_ bounce: MessageID, forBounceOf message: MessageID) -> String {
    "MID \(bounce) was generated for bounce of MID \(message)"
  }

  static func close(_ id: DCID) -> String { "DCID \(id) close" }
}
