import Addresses
import Configuration
import SMTP
import Transport

/// Incoming connections.
extension MailLogLines {
  static func newConnection(
    _ id: ICID, interface: String, address: IPv4Address, sender: SenderFacts
  ) -> String {
    let host = sender.hostName.map { "\($0)" } ?? "unknown"
    return "New SMTP ICID \(id) interface \(interface) (\(address)) address \(sender.address)"
      + " reverse dns host \(host) verified \(sender.isNameConfirmed ? "yes" : "no")"
  }

  /// - Parameter id: nil for a connection that is refused before it gets a number.
  static func decision(_ id: ICID?, _ decision: AccessTable.Decision, _ sender: SenderFacts)
    -> String
  {
    "ICID \(id.map { "\($0)" } ?? "0") \(decision.behavior.rawValue)"
      + " SG \(decision.group ?? "None") match \(decision.match) SBRS \(reputation(of: sender))"
  }

  private static func reputation(of sender: SenderFacts) -> String {
    sender.score.map { "\($0)" } ?? (sender.address.isPrivate ? "rfc1918" : "None")
  }

  static func tlsSuccess(_ id: ICID, protocolName: String, cipher: String) -> String {
    "ICID \(id) TLS success protocol \(protocolName) cipher \(cipher)"
  }

  static func tlsFailed(_ id: ICID, _ failure: TLSHandler.Failure, inOldForm: Bool) -> String {
    "ICID \(id) TLS failed: \(failure.logText(inOldForm: inOldForm))"
  }

  /// STARTTLS was answered with this reply in place of 220.
  static func tlsRefused(_ id: ICID, _ reply: Reply) -> String {
    "ICID \(id) TLS failed: \(reply)"
  }

  static func tlsRequired(_ id: ICID) -> String {
    "ICID \(id) TLS was required but remote host did not initiate it"
  }

  static func lost(_ id: ICID) -> String { "ICID \(id) lost" }

  static func close(_ id: ICID) -> String { "ICID \(id) close" }
}
