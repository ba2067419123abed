import Configuration
import Foundation
import PKI

/// A certificate of the appliance, and when it ends.
struct CertificateTerm: Sendable, Hashable {
  /// The profile that holds it.
  let profile: String
  /// The name that it is for.
  let commonName: String
  /// What tells it from the one before a renewal, which may have the same profile and key.
  let fingerprint: String
  /// The last moment at which it is valid.
  let end: Date
  /// The services that show it, as `certconfig` > CERTIFICATE > PRINT names them.
  let services: [String]
}

extension Configuration {
  /// When each certificate ends; never empty, for Demo is always there.
  var certificateTerms: [CertificateTerm] {
    certificates.all.map { name, profile in
      CertificateTerm(
        profile: name, commonName: profile.certificate.commonName,
        fingerprint: profile.certificate.sha256, end: profile.certificate.notAfter,
        services: services(using: name))
    }
  }
}
