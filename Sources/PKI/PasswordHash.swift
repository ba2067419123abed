import COpenSSL

/// The scrypt hash of a passphrase, `$scrypt$ln=15,r=8,p=1$SALT$HASH`.
///
/// Source: RFC 7914.
public struct PasswordHash: Hashable, Sendable {
  private let cost: Int
  private let blockSize: Int
  private let parallelization: Int
  private let salt: [UInt8]
  private let hash: [UInt8]

  /// 256 MiB, in blocks of 128 bytes.
  private static let mostBlocks = 1 << 21

  /// Reads a written hash.
  ///
  /// - Throws: `PKIError.malformedHash`, also for costs that nobody could pay.
  public init(_ text: String) throws {
    let parts = text.split(separator: "$", omittingEmptySubsequences: false)
    let numbers = parts.count == 5 ? Self.numbers(parts[2]) : nil
    guard let numbers, parts[0].isEmpty, parts[1] == "scrypt",
      10...20 ~= numbers[0], 1...16 ~= numbers[1], 1...16 ~= numbers[2],
      numbers[1] << numbers[0] <= Self.mostBlocks,
      let salt = Self.bytes(parts[3]), 8...64 ~= salt.count,
      let hash = Self.bytes(parts[4]), 16...64 ~= hash.count
    else { throw PKIError(.malformedHash, "The passphrase hash is in an unknown form.") }
    (cost, blockSize, parallelization) = (numbers[0], numbers[1], numbers[2])
    (self.salt, self.hash) = (salt, hash)
  }

  /// Hashes a passphrase under a new random salt, away from the caller's actor (about 0.1 s).
  ///
  /// - Throws: `PKIError.library` when 64 MiB cannot be had.
  @concurrent
  public static func make(of passphrase: String) async throws -> PasswordHash {
    try PasswordHash(
      passphrase, cost: 15, blockSize: 8, parallelization: 1, salt: .random(count: 16))
  }

  /// Whether a passphrase is the right one, away from the caller's actor (about 0.1 s).
  ///
  /// The comparison takes the same time wherever the hashes differ.
  @concurrent
  public func verify(_ passphrase: String) async throws -> Bool {
    let other = try PasswordHash(
      passphrase, cost: cost, blockSize: blockSize, parallelization: parallelization, salt: salt,
      size: hash.count)
    return CRYPTO_memcmp(hash, other.hash, hash.count) == 0
  }

  private init(
    _ passphrase: String, cost: Int, blockSize: Int, parallelization: Int, salt: [UInt8],
    size: Int = 32
  ) throws {
    let text = Array(passphrase.utf8).map(CChar.init(bitPattern:))
    let rounds = UInt64(1) << UInt64(cost)
    let memory = 2 * 128 * rounds * UInt64(blockSize) + (1 << 20)
    var hash = [UInt8](repeating: 0, count: size)
    LibCrypto.clearErrors()
    // A zero behind the text: an empty array alone might give no pointer.
    let done = EVP_PBE_scrypt(
      text + [0], text.count, salt, salt.count, rounds, UInt64(blockSize),
      UInt64(parallelization), memory, &hash, hash.count)
    guard done == 1 else {
      LibCrypto.clearErrors()
      throw PKIError(.library, "A passphrase could not be hashed.")
    }
    self.cost = cost
    self.blockSize = blockSize
    self.parallelization = parallelization
    self.salt = salt
    self.hash = hash
  }

  /// The written form.
  public var text: String {
    let parameters = "ln=\(cost),r=\(blockSize),p=\(parallelization)"
    return "$scrypt$\(parameters)$\(Self.unpadded(salt))$\(Self.unpadded(hash))"
  }

  private static func numbers(_ text: Substring) -> [Int]? {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count == 3 else { return nil }
    let numbers = zip(parts, ["ln=", "r=", "p="]).compactMap { part, name in
      part.hasPrefix(name) ? Int(part.dropFirst(name.count)) : nil
    }
    return numbers.count == 3 ? numbers : nil
  }

  private static func unpadded(_ bytes: [UInt8]) -> String {
    String(bytes.base64.prefix { $0 != "=" })
  }

  private static func bytes(_ text: Substring) -> [UInt8]? {
    [UInt8](base64: text + String(repeating: "=", count: (4 - text.count % 4) % 4))
  }
}

extension PasswordHash: CustomStringConvertible, CustomReflectable {
  /// Never the hash.
  public var description: String { "***" }
  /// A mirror without children.
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension PasswordHash: Codable {
  /// Decodes a written hash.
  public init(from decoder: any Decoder) throws {
    try self.init(decoder.singleValueContainer().decode(String.self))
  }

  /// Encodes the written form.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}
