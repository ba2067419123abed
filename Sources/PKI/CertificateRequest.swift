import COpenSSL

/// A certificate signing request.
///
/// Source: RFC 2986 (PKCS#10).
public struct CertificateRequest: Sendable {
  /// The encoding.
  public let der: [UInt8]
  /// Who the certificate shall be for.
  public let subject: DistinguishedName
  /// Whether the request is signed with the key that it names.
  public let hasValidSignature: Bool
  private let names: AlternativeNames
  private let publicKey: PublicKeyFacts
  /// What is signed (CertificationRequestInfo).
  private let content: [UInt8]

  /// Decodes a request.
  ///
  /// - Parameter der: the encoding, with nothing after it.
  /// - Throws: `PKIError.malformedRequest`.
  public init(der: [UInt8]) throws {
    let request = DER.decode(der, as: X509RequestObject.self) { d2i_X509_REQ(nil, $0, $1) }
    guard let request else {
      throw PKIError(.malformedRequest, "The signing request is damaged and cannot be read.")
    }
    try self.init(request: request, der: der)
  }

  /// Reads the first request of a PEM text.
  ///
  /// - Throws: `PKIError`, whose sentence names what the text holds instead.
  public init(pem: String) throws {
    self = try PEMContainer(text: pem).requireRequest()
  }

  private init(request: Owned<X509RequestObject>, der: [UInt8]) throws {
    self.der = der
    content = try DER.encode { i2d_re_X509_REQ_tbs(request.pointer, $0) }
    subject = DistinguishedName(x509Name: X509_REQ_get_subject_name(request.pointer))
    publicKey = try PublicKeyFacts(x509PublicKey: X509_REQ_get_X509_PUBKEY(request.pointer))
    names = Self.alternativeNames(of: request)
    hasValidSignature = X509_REQ_verify(request.pointer, X509_REQ_get0_pubkey(request.pointer)) == 1
    ERR_clear_error()
  }

  private static func alternativeNames(of request: Owned<X509RequestObject>) -> AlternativeNames {
    guard let raw = X509_REQ_get_extensions(request.pointer) else { return AlternativeNames() }
    let extensions = Owned<ExtensionStackObject>(adopting: raw)
    let names = X509V3_get_d2i(extensions.pointer, NID_subject_alt_name, nil, nil)
    return AlternativeNames(generalNames: names.map { Owned(adopting: OpaquePointer($0)) })
  }
}

extension CertificateRequest {
  /// Makes a request, signed with its key under SHA-256.
  ///
  /// The signature of an RSA key is the same each time; an ECDSA key's is not.
  ///
  /// - Parameters:
  ///   - subject: who the certificate shall be for.
  ///   - key: the key that it shall certify.
  ///   - dnsNames: alternative names; without any the request asks for none.
  ///   - emailAddresses: alternative names for S/MIME.
  /// - Throws: `PKIError` for a name that cannot stand in a certificate.
  public init(
    subject: DistinguishedName, key: PrivateKey, dnsNames: [String] = [],
    emailAddresses: [String] = []
  ) throws {
    let name = try subject.x509Name()
    let names = AlternativeNames(dnsNames: dnsNames, emailAddresses: emailAddresses)
    try self.init(name: name.pointer, names: names.isEmpty ? nil : names.generalNames(), key: key)
  }

  /// Makes a request for a successor of a certificate: for the same subject and the same alternative
  /// names, whatever they are.
  ///
  /// What another authority has certified need not obey the rules for names that are new.
  ///
  /// - Throws: `PKIError`.
  public init(succeeding certificate: Certificate, key: PrivateKey) throws {
    let x509 = try certificate.x509()
    let names = X509_get_ext_d2i(x509.pointer, NID_subject_alt_name, nil, nil)
    try self.init(
      name: X509_get_subject_name(x509.pointer),
      names: names.map { Owned(adopting: OpaquePointer($0)) }, key: key)
  }

  private init(
    name: OpaquePointer?, names: Owned<GeneralNamesObject>?, key: PrivateKey
  ) throws {
    let key = try key.key()
    let request = try Owned<X509RequestObject>(X509_REQ_new())
    if let names { try Self.add(names, to: request) }
    LibCrypto.clearErrors()
    guard X509_REQ_set_version(request.pointer, 0) == 1,
      X509_REQ_set_subject_name(request.pointer, name) == 1,
      X509_REQ_set_pubkey(request.pointer, key.pointer) == 1,
      X509_REQ_sign(request.pointer, key.pointer, PrivateKey.digest(for: key)) > 0
    else {
      LibCrypto.clearErrors()
      throw PKIError(.library, "The signing request could not be signed.")
    }
    try self.init(request: request, der: DER.encode { i2d_X509_REQ(request.pointer, $0) })
  }

  private static func add(
    _ names: Owned<GeneralNamesObject>, to request: Owned<X509RequestObject>
  ) throws {
    var raw: OpaquePointer?
    let added = X509V3_add1_i2d(
      &raw, NID_subject_alt_name, UnsafeMutableRawPointer(names.pointer), 0, 0)
    let extensions = try Owned<ExtensionStackObject>(raw)
    guard added == 1, X509_REQ_add_extensions(request.pointer, extensions.pointer) == 1 else {
      LibCrypto.clearErrors()
      throw PKIError(.library, "The alternative names could not be added to the request.")
    }
  }

  /// The PEM form, lines of 64 characters, with a line end after the last.
  public var pem: String { PEMBlock(label: "CERTIFICATE REQUEST", bytes: der).text }
  /// The alternative names of type dNSName.
  public var dnsNames: [String] { names.dnsNames }
  /// The alternative names of type rfc822Name.
  public var emailAddresses: [String] { names.emailAddresses }
  /// SHA-256 of the SubjectPublicKeyInfo in lower-case hexadecimal.
  public var publicKeySHA256: String { publicKey.sha256 }
  /// The kind of key in words.
  public var keyDescription: String { publicKey.description }
}

extension CertificateRequest: Hashable, Codable {
  /// Compares what is signed: an ECDSA key signs the same in another way each time.
  public static func == (one: CertificateRequest, other: CertificateRequest) -> Bool {
    one.content == other.content && one.hasValidSignature == other.hasValidSignature
  }

  /// Hashes what is signed.
  public func hash(into hasher: inout Hasher) { hasher.combine(content) }

  /// Decodes a request from a base64 text.
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let der = [UInt8](base64: text) else {
      throw PKIError(.malformedRequest, "The signing request is not written in base64.")
    }
    try self.init(der: der)
  }

  /// Encodes the request as a base64 text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(der.base64)
  }
}
