import Control
import Glibc
import LDAP
import Mail
import TLS
import Transport

/// Why a conversation with a directory server ended before its time.
enum DirectoryLoss: Error, Sendable {
  /// An error number of this system; `ETIMEDOUT` when the server was silent for too long.
  case system(Int32)
  /// The server ended the connection without a word.
  case endOfFile
  /// What the server says is no LDAP, or the end.
  case ldap(LDAPFault)
  /// The handshake failed.
  case handshake(TLSHandler.Failure)
  /// TLS broke afterwards; with TLS 1.3 only then a server says that it wants another certificate.
  case tls(TLSFailure)
  /// The server asked for a certificate, and ended the connection before it answered anything in
  /// TLS.
  case dismissed

  /// Whether the server gave no reason.
  var isSilent: Bool {
    switch self {
    case .endOfFile, .system(ECONNRESET), .system(EPIPE): true
    default: false
    }
  }
}

extension DirectoryFailure {
  /// A conversation is over.
  init(_ loss: DirectoryLoss) {
    switch loss {
    case .system(let code): self = .lost("\(ProbeFailure(TLSHandler.Failure.system(code)))")
    case .endOfFile: self = .lost("the server closed the connection")
    case .ldap(let fault): self = .lost("\(fault)")
    case .handshake(let failure): self = .tls("\(ProbeFailure(failure))")
    case .tls(let failure): self = .tls("\(ProbeFailure(TLSHandler.Failure.tls(failure)))")
    case .dismissed:
      self = .tls(
        "the server closed the connection after the handshake, as one does that wants another "
          + "certificate")
    }
  }
}
