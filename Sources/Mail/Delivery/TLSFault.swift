import PKI
import SMTP
import TLS
import Transport

/// What went wrong with TLS on an outgoing connection, for the log and for people.
struct TLSFault: Hashable, Sendable {
  /// What stands behind `TLS failed: `.
  let logText: String
  /// The reason in a few words: of a chain that does not verify, the fault nearest the leaf.
  let reason: String
  /// The peer's reply, where it was one.
  var reply: Reply?

  /// The peer does not know STARTTLS.
  static let notSupported = TLSFault(
    logText: "STARTTLS command not supported", reason: "STARTTLS command not supported")

  /// This side's own settings allow no TLS; the engine's trouble says which.
  static let notSetUp = TLSFault(
    logText: "TLS cannot be set up", reason: "TLS cannot be set up")

  /// The peer answered STARTTLS with something other than 220.
  static func refused(_ reply: Reply) -> TLSFault {
    TLSFault(
      logText: "STARTTLS unexpected response", reason: "STARTTLS unexpected response",
      reply: reply)
  }

  private init(logText: String, reason: String, reply: Reply? = nil) {
    self.logText = logText
    self.reason = reason
    self.reply = reply
  }

  /// The handshake is over, and chain or name did not verify.
  init(unverified reason: String) { self.init(logText: "verify error: \(reason)", reason: reason) }

  /// The handshake failed.
  init(_ failure: TLSHandler.Failure, inOldForm: Bool) {
    let text = failure.logText(inOldForm: inOldForm)
    var reason = text
    if case .tls(let failure) = failure, let fault = failure.verification { reason = fault.reason }
    self.init(logText: text, reason: reason)
  }

  /// The connection was lost between STARTTLS and the conversation in TLS.
  init(_ cause: ConnectionLoss.Cause, inOldForm: Bool) {
    switch cause {
    case .system(let code):
      self.init(TLSHandler.Failure.system(code), inOldForm: inOldForm)
    case .endOfFile:
      self.init(
        TLSHandler.Failure.tls(TLSFailure(.endOfFile, role: .client, hadAnswered: false)),
        inOldForm: inOldForm)
    case .smtp(.unexpected(let reply)): self = .refused(reply)
    case .tls(let failure):
      self.init(TLSHandler.Failure.tls(failure), inOldForm: inOldForm)
    case .smtp, .other:
      let details = ConnectionErrorDetails(cause)
      self.init(logText: details.text, reason: details.text)
    }
  }
}
