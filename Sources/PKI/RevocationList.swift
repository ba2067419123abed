import COpenSSL
public import FoundationEssentials

/// A list of certificates that an authority has taken back.
///
/// Source: RFC 5280 section 5.
public struct RevocationList: Hashable, Sendable {
  /// The encoding.
  public let der: [UInt8]
  /// How many certificates it takes back.
  public let count: Int
  /// When a newer one will be there at the latest; nil where it does not say.
  public let nextUpdate: Date?

  /// Decodes a list.
  ///
  /// - Parameter der: the encoding, with nothing after it.
  /// - Throws: `PKIError.malformedRevocationList`.
  public init(der: [UInt8]) throws {
    let list = try Self.decode(der)
    self.der = der
    count = Int(max(0, OPENSSL_sk_num(X509_CRL_get_REVOKED(list.pointer))))
    nextUpdate = ASN1.date(X509_CRL_get0_nextUpdate(list.pointer))
  }

  private static func decode(_ der: [UInt8]) throws -> Owned<RevocationListObject> {
    guard
      let list = DER.decode(der, as: RevocationListObject.self, { d2i_X509_CRL(nil, $0, $1) })
    else { throw PKIError(.malformedRevocationList, "The revocation list is damaged.") }
    return list
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
