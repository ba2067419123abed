import Foundation
import PKI
import TLS

extension Authority {
  /// What a peer shows of itself.
  ///
  /// - Parameters:
  ///   - presentation: in which state.
  ///   - host: the peer's name.
  ///   - key: the key kept for the host.
  ///   - now: the present, from which dates are counted.
  /// - Throws: `PKIError` for a host name that cannot stand in a certificate.
  func identity(
    _ presentation: Behaviour.Presentation, host: String, key: PrivateKey, at now: Date
  ) async throws -> TLSIdentity {
    var template = CertificateTemplate.host(host, at: now)
    var key = key
    var intermediates = [newIntermediate.certificate]
    switch presentation {
    case .good, .revoked: break
    case .selfSigned:
      return TLSIdentity(
        certificate: try selfSigned(template, key: key), intermediates: [], key: key)
    case .expired: (template.notBefore, template.notAfter) = (now.days(-366), now.days(-1))
    case .notYetValid: (template.notBefore, template.notAfter) = (now.days(1), now.days(366))
    case .wrongName: template = .host("another.host.example", at: now)
    case .wrongOrder: intermediates.insert(root.certificate, at: 0)
    case .duplicateIntermediate: intermediates += intermediates
    case .missingIntermediate: intermediates = []
    case .expiredIntermediate: intermediates = [try expiredIntermediate(at: now)]
    case .otherKey:
      key = try await .generate(key.keyDescription.hasPrefix("RSA") ? .rsa(bits: 2048) : .p256)
    }
    return TLSIdentity(
      certificate: try certify(template, key: key), intermediates: intermediates, key: key)
  }
}
