import COpenSSL

/// PKCS#12 files: a private key with its certificate and chain under a passphrase (G5, G7).
///
/// Source: RFC 7292. Both ways take milliseconds or more, by the iterations that a file asks for.
public enum PKCS12 {
  /// The largest file that is opened, in bytes.
  public static let largestFile = 1 << 20

  /// The most rounds of key derivation that a file may ask for, all its parts together; some seconds
  /// of work.
  static let mostRounds = 5_000_000

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - bytes: the file.
  ///   - passphrase: the passphrase; an empty one stands for both ways to have none.
  ///   - allowsModern: whether a PBES2 file (AES, the default of OpenSSL 3) is taken.
  /// - Returns: the key, the certificate that fits it, and all other certificates in stored order,
  ///   duplicates kept.
  /// - Throws: `PKIError` with `wrongPassphrase`, `corrupt`, `noKey`, `noCertificate`,
  ///   `keyMismatch`, `unsupported`, `modernRefused`, `tooLarge`, `wrongFormat`.
  public static func open(
    _ bytes: [UInt8], passphrase: String, allowsModern: Bool = true
  ) throws -> (key: PrivateKey, certificate: Certificate, chain: [Certificate]) {
    guard bytes.count <= largestFile else {
      throw PKIError(.tooLarge, "The file is larger than \(largestFile) bytes.")
    }
    do {
      return try open(bytes, passphrase, allowsModern, .standard).sorted()
    } catch is PKCS12Reader.LegacyNeeded {
      return try open(bytes, passphrase, allowsModern, .legacy()).sorted()
    }
  }

  private static func open(
    _ bytes: [UInt8], _ passphrase: String, _ allowsModern: Bool, _ library: LibraryContext
  ) throws -> PKCS12Contents {
    let file = try PKCS12File(bytes, library: library)
    let reader = PKCS12Reader(library: library, allowsModern: allowsModern)
    let candidates = PKCS12Passphrase.candidates(for: passphrase)
    // What has no MAC is only known to be right when it decrypts.
    guard file.hasMAC else {
      return try firstThatOpens(candidates) { try reader.contents(of: file, passphrase: $0) }
    }
    if let right = try candidates.first(where: file.isAuthentic) {
      return try reader.contents(of: file, passphrase: right, isKnown: true)
    }
    // The MAC fails for a wrong passphrase and for a damaged file. If all decrypts, it is damage.
    let contents = try firstThatOpens(candidates) { try reader.contents(of: file, passphrase: $0) }
    throw contents.wasEncrypted && !contents.isEmpty ? damaged : wrongPassphrase
  }

  private static func firstThatOpens(
    _ candidates: [PKCS12Passphrase], _ body: (PKCS12Passphrase) throws -> PKCS12Contents
  ) throws -> PKCS12Contents {
    for candidate in candidates {
      do { return try body(candidate) } catch let error as PKIError
        where error.code == .wrongPassphrase
      {}
    }
    throw wrongPassphrase
  }

  static let wrongPassphrase = PKIError(
    .wrongPassphrase, "The pass phrase does not open the PKCS#12 file.")
  static let damaged = PKIError(.corrupt, "The PKCS#12 file is damaged.")
}
