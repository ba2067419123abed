import COpenSSL

extension CertificateBuilder {
  /// Says that it is an authority, which signs certificates and revocation lists.
  ///
  /// Source: RFC 5280 sections 4.2.1.9 and 4.2.1.3.
  func addAuthorityConstraints() throws {
    let constraints = try Owned<BasicConstraintsObject>(BASIC_CONSTRAINTS_new())
    constraints.pointer.pointee.ca = 0xFF
    try add(NID_basic_constraints, constraints.pointer, critical: true)
    let usage = try Owned<ASN1StringObject>(ASN1_BIT_STRING_new())
    for bit: Int32 in [5, 6] { try check(ASN1_BIT_STRING_set_bit(usage.pointer, bit, 1)) }
    try add(NID_key_usage, usage.pointer, critical: true)
  }

  /// Adds the issuer's key identifier, if it has one.
  ///
  /// Source: RFC 5280 section 4.2.1.1.
  func addAuthorityKeyIdentifier(of issuer: Owned<X509Object>) throws {
    guard let identifier = try AuthorityKeyIdentifierObject.of(issuer) else { return }
    try add(NID_authority_key_identifier, identifier.pointer)
  }
}

/// `AUTHORITY_KEYID`: which of its issuer's keys signed something.
enum AuthorityKeyIdentifierObject: LibraryObject {
  static func free(_ pointer: UnsafeMutablePointer<AUTHORITY_KEYID>) {
    AUTHORITY_KEYID_free(pointer)
  }

  /// The identifier of an authority's key; nil when its certificate tells none.
  static func of(_ issuer: Owned<X509Object>) throws -> Owned<Self>? {
    try withExtendedLifetime(issuer) {
      guard let subject = X509_get0_subject_key_id(issuer.pointer) else { return nil }
      let identifier = try Owned<Self>(AUTHORITY_KEYID_new())
      identifier.pointer.pointee.keyid = ASN1_STRING_dup(subject)
      return identifier
    }
  }
}
