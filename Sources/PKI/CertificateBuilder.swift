import COpenSSL
import FoundationEssentials

/// The parts of a new certificate, put in one after the other.
struct CertificateBuilder {
  let x509: Owned<X509Object>

  /// Throws when a call of OpenSSL did not return a positive number.
  func check(_ result: Int32) throws {
    guard result > 0 else {
      LibCrypto.clearErrors()
      throw PKIError(.library, "The certificate could not be made.")
    }
  }

  func setSerialNumber(_ bytes: [UInt8]) throws {
    guard 1...20 ~= bytes.count, bytes.contains(where: { $0 != 0 }),
      bytes.count < 20 || bytes[0] < 0x80
    else {
      throw PKIError(.outOfBounds, "A serial number must be positive, of at most 20 bytes.")
    }
    let number = try Owned<BigNumberObject>(BN_bin2bn(bytes, Int32(bytes.count), nil))
    let integer = try Owned<ASN1StringObject>(BN_to_ASN1_INTEGER(number.pointer, nil))
    try check(X509_set_serialNumber(x509.pointer, integer.pointer))
  }

  func setValidity(from first: Date, to last: Date) throws {
    let (notBefore, notAfter) = try (ASN1.time(first), ASN1.time(last))
    try check(X509_set1_notBefore(x509.pointer, notBefore.pointer))
    try check(X509_set1_notAfter(x509.pointer, notAfter.pointer))
  }

  /// Says that it is no authority.
  func addBasicConstraints() throws {
    let constraints = try Owned<BasicConstraintsObject>(BASIC_CONSTRAINTS_new())
    try add(NID_basic_constraints, constraints.pointer, critical: true)
  }

  /// Allows signatures and, for RSA, the enciphering of a session key.
  func addKeyUsage(encipherment: Bool) throws {
    let usage = try Owned<ASN1StringObject>(ASN1_BIT_STRING_new())
    try check(ASN1_BIT_STRING_set_bit(usage.pointer, 0, 1))
    if encipherment { try check(ASN1_BIT_STRING_set_bit(usage.pointer, 2, 1)) }
    try add(NID_key_usage, usage.pointer, critical: true)
  }

  /// Adds the SHA-1 of the public key.
  ///
  /// Source: RFC 5280 section 4.2.1.2, method 1.
  func addSubjectKeyIdentifier() throws {
    var digest = [UInt8](repeating: 0, count: 20)
    try check(X509_pubkey_digest(x509.pointer, EVP_sha1(), &digest, nil))
    let identifier = try Owned<ASN1StringObject>(ASN1_OCTET_STRING_new())
    try check(ASN1_OCTET_STRING_set(identifier.pointer, digest, 20))
    try add(NID_subject_key_identifier, identifier.pointer)
  }

  func addPurposes(_ purposes: CertificatePurposes) throws {
    let objects = try Owned<ObjectStackObject>(OPENSSL_sk_new_null())
    let numbers: [(CertificatePurposes, Int32)] = [
      (.serverAuthentication, NID_server_auth), (.clientAuthentication, NID_client_auth),
      (.emailProtection, NID_email_protect),
    ]
    for (purpose, number) in numbers where purposes.contains(purpose) {
      try check(OPENSSL_sk_push(objects.pointer, UnsafeRawPointer(OBJ_nid2obj(number))))
    }
    try add(NID_ext_key_usage, UnsafeMutableRawPointer(objects.pointer))
  }

  func addAlternativeNames(_ names: AlternativeNames) throws {
    let generalNames = try names.generalNames()
    try add(NID_subject_alt_name, UnsafeMutableRawPointer(generalNames.pointer))
  }

  func add(
    _ number: Int32, _ value: UnsafeMutableRawPointer, critical: Bool = false
  ) throws {
    LibCrypto.clearErrors()
    try check(X509_add1_ext_i2d(x509.pointer, number, value, critical ? 1 : 0, 0))
  }
}
