import COpenSSL
public import FoundationEssentials

/// A list of certificates that an authority has taken back.
///
/// Source: RFC 5280 section 5.
public struct RevocationList: Hashable, Sendable {
  /// The encoding.
  public let der: [UInt8]
  /// Whose certificates it is about.
  public let issuer: DistinguishedName
  /// How many certificates it takes back.
  public let count: Int
  /// When it was made; nil where that cannot be read.
  public let thisUpdate: Date?
  /// When a newer one will be there at the latest; nil where it does not say.
  public let nextUpdate: Date?
  /// Whether it tells of some changes, reasons or attributes only, or of several authorities: OpenSSL
  /// does not apply such a list to a chain.
  public let isPartial: Bool
  /// The hash of the issuer's canonical name, as certificates have it.
  let issuerHash: UInt

  /// Decodes a list.
  ///
  /// - Parameter der: the encoding, with nothing after it.
  /// - Throws: `PKIError.malformedRevocationList`.
  public init(der: [UInt8]) throws {
    let list = try Self.decode(der)
    self.der = der
    let name = X509_CRL_get_issuer(list.pointer)
    issuer = DistinguishedName(x509Name: name)
    issuerHash = X509_NAME_hash_ex(name, nil, nil, nil)
    count = Int(max(0, OPENSSL_sk_num(X509_CRL_get_REVOKED(list.pointer))))
    thisUpdate = ASN1.date(X509_CRL_get0_lastUpdate(list.pointer))
    nextUpdate = ASN1.date(X509_CRL_get0_nextUpdate(list.pointer))
    isPartial = Self.isPartial(list.pointer)
    ERR_clear_error()
  }

  private static func decode(_ der: [UInt8]) throws -> Owned<RevocationListObject> {
    guard
      let list = DER.decode(der, as: RevocationListObject.self, { d2i_X509_CRL(nil, $0, $1) })
    else { throw PKIError(.malformedRevocationList, "The revocation list is damaged.") }
    return list
  }

  /// Source: RFC 5280 sections 5.2.4 and 5.2.5.
  private static func isPartial(_ list: OpaquePointer) -> Bool {
    if X509_CRL_get_ext_by_NID(list, NID_delta_crl, -1) >= 0 { return true }
    guard X509_CRL_get_ext_by_NID(list, NID_issuing_distribution_point, -1) >= 0 else {
      return false
    }
    let decoded = X509_CRL_get_ext_d2i(list, NID_issuing_distribution_point, nil, nil)
    guard let scope = decoded?.assumingMemoryBound(to: ISSUING_DIST_POINT.self) else {
      return true
    }
    defer { ISSUING_DIST_POINT_free(scope) }
    return scope.pointee.onlysomereasons != nil || scope.pointee.indirectCRL != 0
      || scope.pointee.onlyattr != 0
  }

  /// Whether it is about certificates that an authority of a certificate's name issued.
  public func isAbout(_ authority: Certificate) -> Bool {
    issuerHash == authority.fields.subjectHash
  }

  /// Whether it is about the same authority as another list.
  public func hasIssuer(of other: RevocationList) -> Bool { issuerHash == other.issuerHash }

  /// Whether it is signed with an authority's key.
  ///
  /// Source: X509_CRL_verify(3).
  public func isSigned(by authority: Certificate) -> Bool {
    LibCrypto.clearErrors()
    defer { ERR_clear_error() }
    guard let list = try? x509CRL(), let x509 = try? authority.x509(),
      let key = X509_get0_pubkey(x509.pointer)
    else { return false }
    return X509_CRL_verify(list.pointer, key) == 1
  }

  /// The list as an object of OpenSSL's own.
  package func x509CRL() throws -> Owned<RevocationListObject> { try Self.decode(der) }

  /// Reads the lists of a file: one in its encoding, or a PEM text with any number of them.
  ///
  /// - Throws: `PKIError` when there is none, or a damaged one.
  public static func lists(in bytes: [UInt8]) throws -> [RevocationList] {
    if let list = try? RevocationList(der: bytes) { return [list] }
    return try lists(inPEM: bytes)
  }

  /// Reads the lists of a PEM text.
  ///
  /// - Throws: `PKIError` when there is none, or a damaged one.
  public static func lists(inPEM bytes: [UInt8]) throws -> [RevocationList] {
    let lists = try PEMBlock.blocks(in: bytes).filter { $0.label == PEMBlock.revocationList }
      .map { try RevocationList(der: $0.bytes()) }
    guard !lists.isEmpty else {
      throw PKIError(.malformedRevocationList, "There is no revocation list, or it is damaged.")
    }
    return lists
  }
}

extension PEMBlock {
  /// The label of a revocation list (RFC 7468 section 6).
  static let revocationList = "X509 CRL"
}
