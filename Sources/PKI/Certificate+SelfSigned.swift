import COpenSSL
public import FoundationEssentials

extension Certificate {
  /// Makes a self-signed certificate (G1): X.509 version 3, SHA-256, no authority.
  ///
  /// - Parameters:
  ///   - subject: who it is for, and so its issuer too.
  ///   - key: the key that it certifies.
  ///   - dnsNames: alternative names of type dNSName; without any there is no such extension.
  ///   - emailAddresses: alternative names of type rfc822Name.
  ///   - purposes: the extended key usage; the empty set leaves it out, which allows all uses.
  ///   - notBefore: the first second of validity; fractions are cut.
  ///   - days: validity in days of 86,400 seconds, 1 to 3,650.
  ///   - serialNumber: 1 to 20 bytes, a positive number, most significant byte first.
  /// - Throws: `PKIError` for a value out of bounds or a name that cannot stand in a certificate.
  public static func selfSigned(
    subject: DistinguishedName, key: PrivateKey, dnsNames: [String] = [],
    emailAddresses: [String] = [], purposes: CertificatePurposes = .tls, notBefore: Date,
    days: Int, serialNumber: [UInt8]
  ) throws -> Certificate {
    guard 1...3650 ~= days else {
      throw PKIError(.outOfBounds, "The duration must be from 1 to 3650 days.")
    }
    let names = AlternativeNames(dnsNames: dnsNames, emailAddresses: emailAddresses)
    let name = try subject.x509Name()
    let key = try key.key()
    let x509 = try Owned<X509Object>(X509_new())
    let builder = CertificateBuilder(x509: x509)
    try builder.setSerialNumber(serialNumber)
    let notAfter = notBefore.addingTimeInterval(TimeInterval(days) * 86_400)
    try builder.setValidity(from: notBefore, to: notAfter)
    try builder.check(X509_set_version(x509.pointer, 2))
    try builder.check(X509_set_subject_name(x509.pointer, name.pointer))
    try builder.check(X509_set_issuer_name(x509.pointer, name.pointer))
    try builder.check(X509_set_pubkey(x509.pointer, key.pointer))
    try builder.addBasicConstraints()
    try builder.addKeyUsage(encipherment: EVP_PKEY_get_base_id(key.pointer) == EVP_PKEY_RSA)
    try builder.addSubjectKeyIdentifier()
    if !purposes.isEmpty { try builder.addPurposes(purposes) }
    if !names.isEmpty { try builder.addAlternativeNames(names) }
    try builder.check(X509_sign(x509.pointer, key.pointer, PrivateKey.digest(for: key)))
    return try Certificate(x509: x509.pointer)
  }
}
