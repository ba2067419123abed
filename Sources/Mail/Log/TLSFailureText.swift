import Glibc
import PKI
import TLS
import Transport

extension TLSHandler.Failure {
  /// What stands behind `TLS failed: ` in the mail log.
  ///
  /// - Parameter inOldForm: whether OpenSSL's errors are written as OpenSSL 1.0 numbered them.
  func logText(inOldForm: Bool) -> String {
    switch self {
    case .system(let code):
      let (number, text) = Self.systemErrors[code] ?? (code, String(cString: strerror(code)))
      return "[Errno \(number)] \(text)"
    case .tls(let failure):
      guard case .library(let error) = failure.kind else {
        return inOldForm ? "(-1, 'Unexpected EOF')" : Self.tuple(Self.unexpectedEndOfFile)
      }
      return inOldForm ? OldOpenSSLError(failure, error).description : Self.tuple(error)
    }
  }

  private static func tuple(_ error: LibraryError) -> String { "(\(error.code), '\(error)')" }

  /// SSL_R_UNEXPECTED_EOF_WHILE_READING, which the library itself reports on sockets only.
  private static let unexpectedEndOfFile = LibraryError(code: 0x0A00_0126, detail: "")

  /// The appliance's numbers are those of FreeBSD.
  private static let systemErrors: [Int32: (Int32, String)] = [
    ECONNRESET: (54, "Connection reset by peer"), EPIPE: (32, "Broken pipe"),
    ECONNABORTED: (53, "Software caused connection abort"), ETIMEDOUT: (60, "Operation timed out"),
    ECONNREFUSED: (61, "Connection refused"), ENETUNREACH: (51, "Network is unreachable"),
    EHOSTUNREACH: (65, "No route to host"),
  ]
}

/// An error of today's OpenSSL as OpenSSL 1.0 would have put it: with a number that holds the
/// function, and the function's name in the text.
struct OldOpenSSLError: CustomStringConvertible {
  private let number: UInt
  private let function: String
  private let reason: String

  init(_ failure: TLSFailure, _ error: LibraryError) {
    let reason = TLSFailure.Reason(rawValue: Int(error.reason))
    if let alert = reason.receivedAlert {
      number = 0x1409_4000 + UInt(reason.rawValue)
      function = "SSL3_READ_BYTES"
      self.reason = Self.alerts[alert] ?? error.reasonText
      return
    }
    let isServer = failure.role == .server
    let hello = "SSL23_GET_CLIENT_HELLO"
    switch reason {
    case .httpRequest: (number, function, self.reason) = (0x1407_609C, hello, "http request")
    case .unsupportedProtocol where isServer:
      (number, function, self.reason) = (0x1407_60FC, hello, "unknown protocol")
    case .wrongVersionNumber where isServer && !failure.hadAnswered:
      (number, function, self.reason) = (0x1407_60FC, hello, "unknown protocol")
    case .wrongVersionNumber:
      (number, function, self.reason) = (0x1408_F10B, "SSL3_GET_RECORD", "wrong version number")
    case .unsupportedProtocol:
      (number, function, self.reason) = (
        0x1409_210A, "SSL3_GET_SERVER_HELLO", "wrong ssl version"
      )
    case .noSharedCipher:
      (number, function, self.reason) = (0x1408_A0C1, "SSL3_GET_CLIENT_HELLO", "no shared cipher")
    case .certificateVerifyFailed:
      number = isServer ? 0x1408_9086 : 0x1409_0086
      function = isServer ? "SSL3_GET_CLIENT_CERTIFICATE" : "SSL3_GET_SERVER_CERTIFICATE"
      self.reason = "certificate verify failed"
    case .peerDidNotReturnACertificate:
      number = 0x1408_90C7
      function = "SSL3_GET_CLIENT_CERTIFICATE"
      self.reason = "peer did not return a certificate"
    default:
      // A function of its own cannot be told any more; the old library wrote its number then.
      number = 0x1400_0000 + UInt(reason.rawValue)
      function = "func(0)"
      self.reason = error.reasonText
    }
  }

  /// Such as `(336109761, 'error:1408A0C1:SSL routines:SSL3_GET_CLIENT_HELLO:no shared cipher')`.
  var description: String {
    let hexadecimal = String(number, radix: 16, uppercase: true)
    return "(\(number), 'error:\(hexadecimal):SSL routines:\(function):\(reason)')"
  }

  /// Alerts as the old library named them.
  private static let alerts: [Int: String] = [
    10: "sslv3 alert unexpected message", 20: "sslv3 alert bad record mac",
    21: "tlsv1 alert decryption failed", 22: "tlsv1 alert record overflow",
    30: "sslv3 alert decompression failure", 40: "sslv3 alert handshake failure",
    41: "sslv3 alert no certificate", 42: "sslv3 alert bad certificate",
    43: "sslv3 alert unsupported certificate", 44: "sslv3 alert certificate revoked",
    45: "sslv3 alert certificate expired", 46: "sslv3 alert certificate unknown",
    47: "sslv3 alert illegal parameter", 48: "tlsv1 alert unknown ca",
    49: "tlsv1 alert access denied", 50: "tlsv1 alert decode error",
    51: "tlsv1 alert decrypt error", 60: "tlsv1 alert export restriction",
    70: "tlsv1 alert protocol version", 71: "tlsv1 alert insufficient security",
    80: "tlsv1 alert internal error", 86: "tlsv1 alert inappropriate fallback",
    90: "tlsv1 alert user cancelled", 100: "tlsv1 alert no renegotiation",
  ]
}
