/// A PEM text: certificates, keys and requests in any order, with any text between (G3).
///
/// Accepted are CRLF and CR line ends, a byte order mark, blanks around lines.
public struct PEMContainer: Sendable {
  /// How much a text may hold.
  public struct Limits: Sendable {
    /// The most bytes.
    public var bytes: Int
    /// The most blocks.
    public var blocks: Int

    /// Makes limits from a number of bytes and one of blocks.
    public init(bytes: Int, blocks: Int) {
      self.bytes = bytes
      self.blocks = blocks
    }

    /// For what a person pastes: 1 MiB, 100 blocks.
    public static let paste = Limits(bytes: 1 << 20, blocks: 100)
    /// For a list of authorities: 16 MiB, 10,000 blocks.
    public static let bundle = Limits(bytes: 16 << 20, blocks: 10_000)
  }

  /// The certificates in the text's order.
  public private(set) var certificates: [Certificate] = []
  /// The private keys that stand in clear.
  public private(set) var privateKeys: [PrivateKey] = []
  /// The signing requests.
  public private(set) var requests: [CertificateRequest] = []
  /// All other blocks: encrypted keys, revocation lists, parameters.
  public private(set) var others: [PEMBlock] = []

  /// Reads a text.
  ///
  /// - Throws: `PKIError` for a text with no certificate, key or request (its sentence names what
  ///   was found), a damaged block, or more than the limits allow.
  public init(text: String, limits: Limits = .paste) throws {
    try self.init(bytes: Array(text.utf8), limits: limits)
  }

  /// Reads the bytes of a file, where a UTF-16 text or a binary form is recognised too.
  ///
  /// - Throws: as the other initializer.
  public init(bytes: [UInt8], limits: Limits = .paste) throws {
    guard bytes.count <= limits.bytes else {
      throw PKIError(.tooLarge, "The text is larger than \(limits.bytes) bytes.")
    }
    if let format = ForeignFormat.name(of: bytes) { throw Self.found(format) }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let blocks = try PEMBlock.blocks(in: bytes.starts(with: mark) ? bytes[3...] : bytes[...])
    guard blocks.count <= limits.blocks else {
      throw PKIError(.tooMany, "The text holds more than \(limits.blocks) PEM blocks.")
    }
    for block in blocks { try add(block) }
    guard certificates.isEmpty, privateKeys.isEmpty, requests.isEmpty else { return }
    try refuseUseless(bytes)
  }

  private mutating func add(_ block: PEMBlock) throws {
    if block.isEncrypted { return others.append(block) }
    switch block.label {
    case "CERTIFICATE", "X509 CERTIFICATE":
      try certificates.append(Certificate(der: block.bytes()))
    case "TRUSTED CERTIFICATE":
      try certificates.append(Certificate(trustedDER: block.bytes()))
    case "PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY":
      try privateKeys.append(PrivateKey(der: block.bytes()))
    case "CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST":
      try requests.append(CertificateRequest(der: block.bytes()))
    default: others.append(block)
    }
  }

  private func refuseUseless(_ bytes: [UInt8]) throws {
    if let encrypted = others.first(where: \.isEncrypted) { throw Self.refusal(of: encrypted) }
    if let block = others.first { throw Self.refusal(of: block) }
    if let format = ForeignFormat.name(ofText: bytes) { throw Self.found(format) }
    throw PKIError(
      .wrongFormat, "There is no PEM block: a line \"-----BEGIN CERTIFICATE-----\" is looked for.")
  }

  private static func refusal(of block: PEMBlock) -> PKIError {
    block.isEncrypted
      ? PKIError(.encryptedKey, "The private key is encrypted; decrypt it first.")
      : found(ForeignFormat.name(of: block))
  }

  private static func found(_ format: String) -> PKIError {
    PKIError(.wrongFormat, "PEM text is needed; this is \(format).")
  }
}

extension PEMContainer {
  /// The certificates of a PEM text, at least one.
  ///
  /// - Throws: `PKIError`, whose sentence names what was found instead.
  public static func certificates(in text: String) throws -> [Certificate] {
    try PEMContainer(text: text).requireCertificates()
  }

  /// The certificates, at least one.
  ///
  /// - Throws: `PKIError.wrongFormat`, whose sentence names what was found instead.
  public func requireCertificates() throws -> [Certificate] {
    if certificates.isEmpty { throw missing("A certificate") }
    return certificates
  }

  /// The first private key.
  ///
  /// - Throws: `PKIError.encryptedKey`, or `wrongFormat`, whose sentence names what was found.
  public func requirePrivateKey() throws -> PrivateKey {
    if let key = privateKeys.first { return key }
    if let encrypted = others.first(where: \.isEncrypted) { throw Self.refusal(of: encrypted) }
    throw missing("A private key")
  }

  /// The first signing request.
  ///
  /// - Throws: `PKIError.wrongFormat`, whose sentence names what was found instead.
  public func requireRequest() throws -> CertificateRequest {
    if let request = requests.first { return request }
    throw missing("A certificate signing request")
  }

  private func missing(_ wanted: String) -> PKIError {
    let found =
      if !requests.isEmpty {
        "a certificate signing request (CSR)"
      } else if !certificates.isEmpty {
        "a certificate"
      } else if !privateKeys.isEmpty {
        "a private key"
      } else {
        others.first.map(ForeignFormat.name(of:)) ?? "something else"
      }
    return PKIError(.wrongFormat, "\(wanted) is needed; this is \(found).")
  }
}
