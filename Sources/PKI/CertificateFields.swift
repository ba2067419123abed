import COpenSSL
import FoundationEssentials

/// What a certificate says, read once when it is decoded.
final class CertificateFields: Sendable {
  let subject: DistinguishedName
  let issuer: DistinguishedName
  let notBefore: Date
  let notAfter: Date
  let serialNumber: String
  let names: AlternativeNames
  let publicKey: PublicKeyFacts
  let signatureAlgorithm: String
  let isSelfIssued: Bool
  /// Hashes of the canonical names: where they differ, one did not issue the other.
  let subjectHash: UInt
  let issuerHash: UInt
  let isAuthority: Bool

  init(x509: OpaquePointer) throws {
    subject = DistinguishedName(x509Name: X509_get_subject_name(x509))
    issuer = DistinguishedName(x509Name: X509_get_issuer_name(x509))
    isSelfIssued = X509_NAME_cmp(X509_get_subject_name(x509), X509_get_issuer_name(x509)) == 0
    subjectHash = X509_NAME_hash_ex(X509_get_subject_name(x509), nil, nil, nil)
    issuerHash = X509_NAME_hash_ex(X509_get_issuer_name(x509), nil, nil, nil)
    guard let notBefore = ASN1.date(X509_get0_notBefore(x509)),
      let notAfter = ASN1.date(X509_get0_notAfter(x509))
    else {
      throw PKIError(.malformedCertificate, "The certificate holds a date that cannot be read.")
    }
    self.notBefore = notBefore
    self.notAfter = notAfter
    serialNumber = try ASN1.hexadecimal(X509_get0_serialNumber(x509))
    publicKey = try PublicKeyFacts(x509PublicKey: X509_get_X509_PUBKEY(x509))
    signatureAlgorithm =
      OBJ_nid2ln(X509_get_signature_nid(x509)).map { String(cString: $0) } ?? "unknown"
    isAuthority = X509_get_extension_flags(x509) & UInt32(EXFLAG_CA) != 0

    let generalNames = X509_get_ext_d2i(x509, NID_subject_alt_name, nil, nil)
    var names = AlternativeNames(
      generalNames: generalNames.map { Owned(adopting: OpaquePointer($0)) })
    for address in subject.values(of: "emailAddress")
    where !names.emailAddresses.contains(address) {
      names.emailAddresses.append(address)
    }
    self.names = names
    ERR_clear_error()
  }
}
