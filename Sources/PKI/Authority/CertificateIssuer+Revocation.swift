import COpenSSL
public import FoundationEssentials

/// A certificate that its issuer has taken back.
public struct RevokedCertificate: Hashable, Sendable {
  /// Its serial number in hexadecimal, as `Certificate.serialNumber` writes it.
  public let serialNumber: String
  /// Since when.
  public let date: Date

  /// Makes an entry of a list.
  public init(serialNumber: String, date: Date) {
    self.serialNumber = serialNumber
    self.date = date
  }
}

extension CertificateIssuer {
  /// Makes a certificate revocation list (CRL), version 2, signed under SHA-256.
  ///
  /// - Parameters:
  ///   - revoked: the certificates of this issuer that are no longer good, in any order.
  ///   - number: counts the issuer's lists; 0 or more.
  ///   - thisUpdate: when the list is made.
  ///   - nextUpdate: when a newer one will be there at the latest.
  /// - Returns: its PEM form, lines of 64 characters, with a line end after the last.
  /// - Throws: `PKIError.outOfBounds` for a serial number that is none.
  /// - Source: RFC 5280 section 5.
  public func revocationList(
    _ revoked: [RevokedCertificate], number: Int, thisUpdate: Date, nextUpdate: Date
  ) throws -> String {
    let list = try RevocationListBuilder(issuer: certificate.x509())
    try list.setDates(thisUpdate, nextUpdate)
    for entry in revoked { try list.add(entry) }
    try list.addExtensions(number: number)
    return PEMBlock(label: PEMBlock.revocationList, bytes: try list.signed(with: key.key())).text
  }
}

/// The parts of a new list, put in one after the other.
private struct RevocationListBuilder {
  let list: Owned<RevocationListObject>
  let issuer: Owned<X509Object>

  init(issuer: Owned<X509Object>) throws {
    self.issuer = issuer
    list = try Owned(X509_CRL_new())
    try check(X509_CRL_set_version(list.pointer, 1))
    try check(X509_CRL_set_issuer_name(list.pointer, X509_get_subject_name(issuer.pointer)))
  }

  private func check(_ result: Int32) throws {
    guard result > 0 else {
      LibCrypto.clearErrors()
      throw PKIError(.library, "The revocation list could not be made.")
    }
  }

  func setDates(_ thisUpdate: Date, _ nextUpdate: Date) throws {
    let (this, next) = try (ASN1.time(thisUpdate), ASN1.time(nextUpdate))
    try check(X509_CRL_set1_lastUpdate(list.pointer, this.pointer))
    try check(X509_CRL_set1_nextUpdate(list.pointer, next.pointer))
  }

  func add(_ entry: RevokedCertificate) throws {
    var raw: OpaquePointer?
    let digits = Int(BN_hex2bn(&raw, entry.serialNumber))
    let number = raw.map { Owned<BigNumberObject>(adopting: $0) }
    guard let number, digits == entry.serialNumber.utf8.count else {
      throw PKIError(.outOfBounds, "\"\(entry.serialNumber.printable)\" is no serial number.")
    }
    let serial = try Owned<ASN1StringObject>(BN_to_ASN1_INTEGER(number.pointer, nil))
    let date = try ASN1.time(entry.date)
    guard let revoked = X509_REVOKED_new() else { return try check(0) }
    // The list owns the entry once it is in.
    guard X509_REVOKED_set_serialNumber(revoked, serial.pointer) == 1,
      X509_REVOKED_set_revocationDate(revoked, date.pointer) == 1,
      X509_CRL_add0_revoked(list.pointer, revoked) == 1
    else {
      X509_REVOKED_free(revoked)
      return try check(0)
    }
  }

  func addExtensions(number: Int) throws {
    let integer = try Owned<ASN1StringObject>(ASN1_INTEGER_new())
    try check(ASN1_INTEGER_set(integer.pointer, number))
    try check(X509_CRL_add1_ext_i2d(list.pointer, NID_crl_number, integer.pointer, 0, 0))
    guard let identifier = try AuthorityKeyIdentifierObject.of(issuer) else { return }
    try check(
      X509_CRL_add1_ext_i2d(
        list.pointer, NID_authority_key_identifier, identifier.pointer, 0, 0))
  }

  func signed(with key: Owned<KeyObject>) throws -> [UInt8] {
    try check(X509_CRL_sort(list.pointer))
    try check(X509_CRL_sign(list.pointer, key.pointer, PrivateKey.digest(for: key)))
    return try DER.encode { i2d_X509_CRL(list.pointer, $0) }
  }
}
