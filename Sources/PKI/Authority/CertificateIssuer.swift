import COpenSSL

/// An authority's certificate with its key: it signs certificates and revocation lists.
public struct CertificateIssuer: Hashable, Sendable {
  /// The authority's own certificate.
  public let certificate: Certificate
  /// Its key.
  public let key: PrivateKey

  /// Makes an issuer; whether the key fits is not looked at.
  public init(certificate: Certificate, key: PrivateKey) {
    self.certificate = certificate
    self.key = key
  }

  /// Makes a root: an authority whose certificate is signed with its own key.
  ///
  /// - Parameters:
  ///   - template: what the certificate says; it becomes an authority's in any case.
  ///   - serialNumber: 1 to 20 bytes, a positive number, most significant byte first.
  /// - Throws: `PKIError` for a value out of bounds or a name that cannot stand in a certificate.
  public init(root template: CertificateTemplate, key: PrivateKey, serialNumber: [UInt8]) throws {
    var template = template
    template.isAuthority = true
    let object = try key.key()
    certificate = try Self.sign(
      template, publicKey: object.pointer, serialNumber, issuer: nil, key: object)
    self.key = key
  }

  /// Certifies a key.
  ///
  /// - Parameters:
  ///   - template: what the certificate says.
  ///   - key: the key whose public half it holds.
  ///   - serialNumber: as above; no two certificates of an issuer may have the same.
  /// - Throws: `PKIError` for a value out of bounds or a name that cannot stand in a certificate.
  public func certify(_ template: CertificateTemplate, key: PrivateKey, serialNumber: [UInt8])
    throws -> Certificate
  {
    let subject = try key.key()
    return try Self.sign(
      template, publicKey: subject.pointer, serialNumber, issuer: certificate, key: self.key.key())
  }

  /// Certifies the key of a signing request; of the request nothing else is taken.
  ///
  /// - Throws: `PKIError`, also when the request's own signature does not hold.
  public func certify(
    _ template: CertificateTemplate, request: CertificateRequest, serialNumber: [UInt8]
  ) throws -> Certificate {
    let object = DER.decode(request.der, as: X509RequestObject.self) { d2i_X509_REQ(nil, $0, $1) }
    guard request.hasValidSignature, let object,
      let publicKey = X509_REQ_get0_pubkey(object.pointer)
    else {
      throw PKIError(.malformedRequest, "The signing request is not signed with its own key.")
    }
    return try withExtendedLifetime(object) {
      try Self.sign(
        template, publicKey: publicKey, serialNumber, issuer: certificate, key: key.key())
    }
  }

  /// Makes a certificate: X.509 version 3, SHA-256.
  ///
  /// - Parameter issuer: nil for one that is signed with its own key.
  static func sign(
    _ template: CertificateTemplate, publicKey: OpaquePointer, _ serialNumber: [UInt8],
    issuer: Certificate?, key: Owned<KeyObject>
  ) throws -> Certificate {
    let name = try template.subject.x509Name()
    let x509 = try Owned<X509Object>(X509_new())
    let authority = try issuer?.x509() ?? x509
    let builder = CertificateBuilder(x509: x509)
    try builder.setSerialNumber(serialNumber)
    try builder.setValidity(from: template.notBefore, to: template.notAfter)
    try builder.check(X509_set_version(x509.pointer, 2))
    try builder.check(X509_set_subject_name(x509.pointer, name.pointer))
    try builder.check(X509_set_issuer_name(x509.pointer, X509_get_subject_name(authority.pointer)))
    try builder.check(X509_set_pubkey(x509.pointer, publicKey))
    if template.isAuthority {
      try builder.addAuthorityConstraints()
    } else {
      try builder.addBasicConstraints()
      try builder.addKeyUsage(encipherment: EVP_PKEY_get_base_id(publicKey) == EVP_PKEY_RSA)
    }
    try builder.addSubjectKeyIdentifier()
    if issuer != nil { try builder.addAuthorityKeyIdentifier(of: authority) }
    if !template.purposes.isEmpty { try builder.addPurposes(template.purposes) }
    let names = AlternativeNames(
      dnsNames: template.dnsNames, emailAddresses: template.emailAddresses)
    if !names.isEmpty { try builder.addAlternativeNames(names) }
    try builder.check(X509_sign(x509.pointer, key.pointer, PrivateKey.digest(for: key)))
    return try Certificate(x509: x509.pointer)
  }
}
