import COpenSSL

extension Certificate {
  /// Whether it is signed with its own key: a root, or a certificate that vouches for itself.
  public var isSelfSigned: Bool { isSelfIssued && isSigned(by: self) }

  /// Whether another certificate issued this one: the names agree and the signature holds.
  ///
  /// Dates, purposes and constraints are not looked at. Source: X509_verify(3).
  public func isSigned(by issuer: Certificate) -> Bool {
    guard fields.issuerHash == issuer.fields.subjectHash else { return false }
    return SignatureMemory.shared.answer(.init(certificate: self, issuer: issuer)) {
      verifiesSignature(by: issuer)
    }
  }

  private func verifiesSignature(by issuer: Certificate) -> Bool {
    LibCrypto.clearErrors()
    defer { ERR_clear_error() }
    guard let x509 = try? x509(), let authority = try? issuer.x509(),
      X509_NAME_cmp(
        X509_get_issuer_name(x509.pointer), X509_get_subject_name(authority.pointer)) == 0,
      let key = X509_get0_pubkey(authority.pointer)
    else { return false }
    return X509_verify(x509.pointer, key) == 1
  }
}
