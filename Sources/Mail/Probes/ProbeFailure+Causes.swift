import Addresses
public import Control
import Glibc
import PKI
import SMTP
import TLS
public import Transport

extension ProbeFailure {
  /// There is no connection.
  public init(_ failure: Dialer.Failure) {
    switch failure {
    case .system(let code): self.init(system: code)
    case .noAddress(let host): self.init("\(host) has no IPv4 address")
    case .lookup(let failure): self.init("\(failure)")
    }
  }

  /// The connection ended before its time.
  init(_ cause: ConnectionLoss.Cause) {
    switch cause {
    case .system(let code): self.init(system: code)
    case .endOfFile: self.init("the server closed the connection")
    case .smtp(.unexpected(let reply)): self.init("the server said \(reply.words)")
    case .smtp(.malformed): self.init("the server does not speak SMTP")
    case .smtp(.gluedBytes):
      self.init("the server sent clear text after its reply to STARTTLS")
    case .tls(let failure): self.init("TLS broke: \(failure)")
    case .other(let words): self.init("TLS broke: \(words)")
    }
  }

  /// The server does not want TLS now.
  init(refused reply: Reply) { self.init("the server answered STARTTLS with \(reply.words)") }

  /// The handshake failed.
  public init(_ failure: TLSHandler.Failure) {
    switch failure {
    case .system(let code): self.init(system: code)
    case .tls(let failure):
      if let fault = failure.verification {
        self.init(fault.reason)
      } else if case .library(let error) = failure.kind {
        self.init("the handshake broke off: \(error.reasonText)")
      } else {
        self.init("the server closed the connection in the handshake")
      }
    }
  }

  private init(system code: Int32) { self.init(String(cString: strerror(code)).lowercased()) }
}

extension Reply {
  /// Code and text on one line, with nothing that a terminal would act on.
  fileprivate var words: String {
    "\(code) \(lines.joined(separator: " ").printable(mark: "?"))"
  }
}
