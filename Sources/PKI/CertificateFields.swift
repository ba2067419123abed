import COpenSSL
import FoundationEssentials
import Glibc

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
    notBefore = try Self.date(X509_get0_notBefore(x509))
    notAfter = try Self.date(X509_get0_notAfter(x509))
    serialNumber = try Self.hexadecimal(X509_get0_serialNumber(x509))
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

  private static func date(_ time: UnsafePointer<ASN1_TIME>?) throws -> Date {
    var parts = tm()
    guard let time, ASN1_TIME_to_tm(time, &parts) == 1 else {
      ERR_clear_error()
      throw PKIError(.malformedCertificate, "The certificate holds a date that cannot be read.")
    }
    return Date(timeIntervalSince1970: Double(timegm(&parts)))
  }

  /// The number as `openssl x509 -serial` prints it.
  private static func hexadecimal(_ integer: UnsafePointer<ASN1_INTEGER>?) throws -> String {
    let number = try Owned<BigNumberObject>(ASN1_INTEGER_to_BN(integer, nil))
    guard let digits = BN_bn2hex(number.pointer) else {
      throw PKIError(.library, "A serial number could not be written.")
    }
    defer { CRYPTO_free(digits, nil, 0) }
    return String(cString: digits)
  }
}
