/// What went wrong with a key, a certificate or a secret, with one sentence for the user.
public struct PKIError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of trouble, for code that must tell them apart.
  public let code: Code
  /// One sentence for the user; never holds a key or a passphrase.
  public let message: String

  /// Makes an error.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The message.
  public var description: String { message }

  /// A kind of trouble; more may come, so it is no enumeration.
  public struct Code: RawRepresentable, Hashable, Sendable {
    /// The code's name.
    public let rawValue: String

    /// Makes a code from its name.
    public init(rawValue: String) { self.rawValue = rawValue }
  }
}

extension PKIError.Code {
  private init(_ name: String) { self.init(rawValue: name) }

  // What is read.

  /// A certificate that cannot be decoded.
  public static let malformedCertificate = Self("malformedCertificate")
  /// A private key that cannot be decoded, or whose halves do not belong together.
  public static let malformedKey = Self("malformedKey")
  /// A signing request that cannot be decoded.
  public static let malformedRequest = Self("malformedRequest")
  /// A revocation list that cannot be decoded, or none where one is needed.
  public static let malformedRevocationList = Self("malformedRevocationList")
  /// A PEM block that is cut off or holds something other than base64.
  public static let malformedPEM = Self("malformedPEM")
  /// Another format than the one asked for; the message names it.
  public static let wrongFormat = Self("wrongFormat")
  /// A private key that stands under a passphrase of its own.
  public static let encryptedKey = Self("encryptedKey")
  /// Too many bytes.
  public static let tooLarge = Self("tooLarge")
  /// Too many certificates or blocks.
  public static let tooMany = Self("tooMany")
  /// A file that cannot be read.
  public static let unreadable = Self("unreadable")

  // PKCS#12.

  /// The passphrase does not open the file.
  public static let wrongPassphrase = Self("wrongPassphrase")
  /// The file is damaged.
  public static let corrupt = Self("corrupt")
  /// There is no private key where one is needed.
  public static let noKey = Self("noKey")
  /// There is no certificate where one is needed.
  public static let noCertificate = Self("noCertificate")
  /// The private key belongs to another certificate.
  public static let keyMismatch = Self("keyMismatch")
  /// An algorithm that is not at hand.
  public static let unsupported = Self("unsupported")
  /// A PBES2 file where only the older encryptions are taken.
  public static let modernRefused = Self("modernRefused")

  // What is made.

  /// A value of a name that is too long, or holds control characters.
  public static let invalidName = Self("invalidName")
  /// A country that is not two letters.
  public static let invalidCountry = Self("invalidCountry")
  /// A duration, serial number or key size out of bounds.
  public static let outOfBounds = Self("outOfBounds")

  // Secrets.

  /// A secret is coded without a `SecretCoding` in the coder's user info.
  public static let noSecretCoding = Self("noSecretCoding")
  /// A secret was masked when it was saved, so that it is lost.
  public static let maskedSecret = Self("maskedSecret")
  /// A sealed secret that its key does not open.
  public static let sealBroken = Self("sealBroken")
  /// A passphrase hash in an unknown form.
  public static let malformedHash = Self("malformedHash")

  /// The library refused something that never fails in a sound process, such as for want of memory.
  public static let library = Self("library")
}
