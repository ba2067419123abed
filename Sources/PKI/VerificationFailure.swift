import COpenSSL

/// One reason why a certificate is not trusted, in OpenSSL's own terms.
public struct VerificationFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// The number, such as 10.
  public let code: Int32
  /// How far above the leaf, which is 0.
  public let depth: Int
  /// The subject of the certificate at fault, or an empty text.
  public let subject: String

  /// Makes a failure from a number of X509_V_ERR, a depth and a subject.
  public init(code: Int32, depth: Int, subject: String) {
    self.code = code
    self.depth = depth
    self.subject = subject
  }

  /// The number's name, such as `X509_V_ERR_CERT_HAS_EXPIRED`.
  public var name: String { Self.names[code] ?? "X509_V_ERR_\(code)" }

  /// The reason in words, such as `certificate has expired`.
  ///
  /// Source: X509_verify_cert_error_string(3).
  public var reason: String {
    X509_verify_cert_error_string(Int(code)).map { String(cString: $0) } ?? "unknown reason"
  }

  /// The reason with number and depth, as `openssl verify` has it.
  public var description: String { "error \(code) at \(depth) depth lookup: \(reason)" }
}
