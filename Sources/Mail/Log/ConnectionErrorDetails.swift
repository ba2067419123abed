import SMTP
import Transport

/// What a `Connection Error` line says of the cause.
struct ConnectionErrorDetails: Hashable, Sendable {
  /// What stands behind `details:`.
  let text: String
  /// What stands behind `reason:`.
  let reason: String

  private init(network text: String) {
    self.text = text
    reason = "network error"
  }

  private init(peer text: String) {
    self.text = text
    reason = "unexpected SMTP response"
  }

  /// The network failed.
  ///
  /// - Parameter code: an error number of this system.
  init(system code: Int32) {
    self.init(network: TLSHandler.Failure.system(code).logText(inOldForm: false))
  }

  /// There is no connection.
  init(_ failure: Dialer.Failure) {
    switch failure {
    case .system(let code): self.init(system: code)
    case .noAddress, .lookup: self.init(network: "\(failure)")
    }
  }

  /// The peer said something that does not help.
  init(_ reply: Reply) {
    self.init(
      peer: "\(reply.code)-\(PythonText.quoted(reply.lines.joined(separator: " ")))")
  }

  /// The connection ended before its time.
  init(_ cause: ConnectionLoss.Cause) {
    switch cause {
    case .system(let code): self.init(system: code)
    case .smtp(.unexpected(let reply)): self.init(reply)
    case .smtp(.malformed(let line)): self.init(peer: PythonText.quoted(line))
    case .smtp(.gluedBytes): self.init(peer: "'clear text after the reply to STARTTLS'")
    case .endOfFile: self.init(network: "EOF")
    case .tls(let failure): self.init(network: "\(failure)")
    case .other(let words): self.init(network: words)
    }
  }
}
