import COpenSSL
public import FoundationEssentials

/// An X.509 certificate.
///
/// Source: RFC 5280.
///
/// Two certificates are equal when their encodings are. Weak ones (1024-bit keys, MD5) are
/// certificates like any other here: what is too weak is for the TLS settings to decide.
public struct Certificate: Sendable {
  /// The encoding.
  public let der: [UInt8]
  let fields: CertificateFields

  /// Decodes a certificate.
  ///
  /// - Parameter der: the encoding, with nothing after it.
  /// - Throws: `PKIError.malformedCertificate`.
  public init(der: [UInt8]) throws {
    let x509 = try Self.decode(der)
    self.der = der
    fields = try CertificateFields(x509: x509.pointer)
  }

  /// Reads the first certificate of a PEM text.
  ///
  /// - Throws: `PKIError`, whose sentence names what the text holds instead.
  public init(pem: String) throws {
    self = try PEMContainer(text: pem).requireCertificates()[0]
  }

  /// Decodes OpenSSL's `TRUSTED CERTIFICATE`, a certificate followed by settings of trust.
  init(trustedDER: [UInt8]) throws {
    let x509 = DER.decode(trustedDER, as: X509Object.self) { d2i_X509_AUX(nil, $0, $1) }
    guard let x509 else { throw Self.damaged }
    try self.init(x509: x509.pointer)
  }

  /// Takes over a certificate that OpenSSL made or keeps.
  init(x509: OpaquePointer) throws { try self.init(der: DER.encode { i2d_X509(x509, $0) }) }

  private static func decode(_ der: [UInt8]) throws -> Owned<X509Object> {
    guard let x509 = DER.decode(der, as: X509Object.self, { d2i_X509(nil, $0, $1) }) else {
      throw damaged
    }
    return x509
  }

  private static let damaged = PKIError(
    .malformedCertificate, "The certificate is damaged and cannot be read.")

  /// The certificate as an object of OpenSSL's own.
  package func x509() throws -> Owned<X509Object> { try Self.decode(der) }
}

extension Certificate {
  /// The PEM form, lines of 64 characters, with a line end after the last.
  public var pem: String { PEMBlock(label: "CERTIFICATE", bytes: der).text }
  /// Who it is for.
  public var subject: DistinguishedName { fields.subject }
  /// Who issued it.
  public var issuer: DistinguishedName { fields.issuer }
  /// The subject's last common name, or an empty text.
  public var commonName: String { fields.subject.commonName }
  /// The first second of its validity.
  public var notBefore: Date { fields.notBefore }
  /// The last second of its validity.
  public var notAfter: Date { fields.notAfter }
  /// The serial number in upper-case hexadecimal, an even number of digits.
  public var serialNumber: String { fields.serialNumber }
  /// The alternative names of type dNSName, in encoded order.
  public var dnsNames: [String] { fields.names.dnsNames }
  /// The e-mail addresses: alternative names first, then those in the subject.
  public var emailAddresses: [String] { fields.names.emailAddresses }
  /// The alternative names of type iPAddress; IPv6 as eight groups.
  public var ipAddresses: [String] { fields.names.ipAddresses }
  /// SHA-256 of the encoding in lower-case hexadecimal.
  public var sha256: String { der.sha256.hexadecimal }
  /// SHA-256 of the SubjectPublicKeyInfo in lower-case hexadecimal.
  public var publicKeySHA256: String { fields.publicKey.sha256 }
  /// The kind of key in words: `RSA 2048 bits`, `ECDSA P-256`, `Ed25519`.
  public var keyDescription: String { fields.publicKey.description }
  /// How it is signed, such as `sha256WithRSAEncryption`.
  public var signatureAlgorithm: String { fields.signatureAlgorithm }
  /// Whether issuer and subject are the same name.
  public var isSelfIssued: Bool { fields.isSelfIssued }
  /// Whether its basic constraints say that it is an authority.
  public var isAuthority: Bool { fields.isAuthority }

  /// Whether the certificate is valid at a moment, as far as its dates go.
  public func isCurrent(at date: Date) -> Bool { notBefore <= date && date <= notAfter }
}

extension Certificate: Hashable, CustomStringConvertible {
  /// Compares encodings.
  public static func == (one: Certificate, other: Certificate) -> Bool { one.der == other.der }

  /// Hashes the encoding.
  public func hash(into hasher: inout Hasher) { hasher.combine(der) }

  /// The subject, in encoded order.
  public var description: String { subject.description }
}

extension Certificate: Codable {
  /// Decodes a certificate from a base64 text.
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let der = [UInt8](base64: text) else {
      throw PKIError(.malformedCertificate, "The certificate is not written in base64.")
    }
    try self.init(der: der)
  }

  /// Encodes the certificate as a base64 text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(der.base64)
  }
}
