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
    let template = CertificateTemplate(
      subject: subject, dnsNames: dnsNames, emailAddresses: emailAddresses, notBefore: notBefore,
      notAfter: notBefore.addingTimeInterval(TimeInterval(days) * 86_400), purposes: purposes)
    let key = try key.key()
    return try CertificateIssuer.sign(
      template, publicKey: key.pointer, serialNumber, issuer: nil, key: key)
  }
}
