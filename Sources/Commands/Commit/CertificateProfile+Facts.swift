import Configuration
import PKI

extension CertificateProfile {
  /// What distinguishes one state of a profile from another, for people; no base64, no secret.
  var facts: [(name: String, value: String)] {
    [
      ("purpose", purpose.rawValue),
      ("common_name", certificate.subject.displayName),
      ("issued_by", certificate.issuer.displayName),
      ("expires", DateText.full(certificate.notAfter)),
      ("sha256", String(certificate.sha256.prefix(16))),
      ("key", String(request.publicKeySHA256.prefix(16))),
      ("intermediates", intermediates.map(Self.name).joined(separator: ", ")),
    ]
  }

  /// A renewed intermediate has its predecessor's name.
  private static func name(_ certificate: Certificate) -> String {
    "\(certificate.subject.displayName) (\(certificate.sha256.prefix(16)))"
  }
}
