/// A user's public key for SSH, as it stands in an `authorized_keys` file.
///
/// Source: RFC 4253 §6.6, RFC 5656 §3.1, RFC 8709 §4; the one-line form is OpenSSH's (sshd(8)), the
/// form of several lines RFC 4716's.
public struct SSHPublicKey: Hashable, Sendable {
  /// The name of the algorithm, such as `ssh-ed25519`.
  public let algorithm: String
  /// The key as SSH sends it: its algorithm, then its numbers.
  public let blob: [UInt8]
  /// What its owner wrote behind it; may be empty, and proves nothing.
  public let comment: String
  /// The length, in bits.
  public let bits: Int

  /// The fewest bits of an RSA key that is taken.
  public static let leastRSABits = 2048

  /// Reads a key in OpenSSH's form, or in that of RFC 4716.
  ///
  /// - Throws: `PKIError.malformedKey` with a sentence, also for algorithms that are too weak.
  public init(_ text: String) throws(PKIError) {
    let lines = text.split(whereSeparator: \.isNewline).map(String.init)
    if lines.first?.hasPrefix("---- BEGIN SSH2 PUBLIC KEY") == true {
      let (body, comment) = try Self.body(ofSSH2: lines.dropFirst())
      try self.init(base64: body, comment: comment)
      return
    }
    // A text of several lines is a key that a terminal broke.
    let words = lines.joined().split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
    guard words.count >= 2 else { throw Self.malformed }
    try self.init(base64: words[1], comment: words.dropFirst(2).joined(separator: " "))
    guard algorithm == words[0] else { throw Self.malformed }
  }

  private init(base64: String, comment: String) throws(PKIError) {
    guard base64.utf8.count <= 16 << 10, let blob = [UInt8](base64: base64) else {
      throw Self.malformed
    }
    var reader = Reader(bytes: blob)
    guard let name = reader.string() else { throw Self.malformed }
    algorithm = String(decoding: name, as: UTF8.self)
    bits = try Self.bits(algorithm, &reader)
    guard reader.isAtEnd else { throw Self.malformed }
    self.blob = blob
    self.comment = comment.printable
  }

  /// The headers may go over several lines, and only the comment among them matters.
  private static func body(
    ofSSH2 lines: ArraySlice<String>
  ) throws(PKIError) -> (base64: String, comment: String) {
    var (body, comment, isHeader) = ("", "", false)
    for line in lines {
      if line.hasPrefix("---- END SSH2 PUBLIC KEY") { return (body, comment) }
      if isHeader || line.contains(":") {
        if line.lowercased().hasPrefix("comment:") {
          comment =
            line.dropFirst("comment:".count).filter { $0 != "\"" && $0 != "\\" }
            .trimmingPrefix { $0 == " " }.description
        }
        isHeader = line.hasSuffix("\\")
      } else {
        body += line
      }
    }
    throw malformed
  }

  private static func bits(_ algorithm: String, _ reader: inout Reader) throws(PKIError) -> Int {
    switch algorithm {
    case "ssh-ed25519":
      guard reader.string()?.count == 32 else { throw malformed }
      return 256
    case "ssh-rsa":
      guard reader.string() != nil, let modulus = reader.string()?.drop(while: { $0 == 0 }),
        let first = modulus.first
      else { throw malformed }
      let size = modulus.count * 8 - first.leadingZeroBitCount
      guard size >= leastRSABits else {
        throw PKIError(.malformedKey, "An RSA key must have at least \(leastRSABits) bits.")
      }
      return size
    case "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521":
      guard let size = Int(algorithm.suffix(3)), let curve = reader.string(),
        Array(curve) == Array("nistp\(size)".utf8), let point = reader.string(),
        point.first == 4, point.count == 1 + 2 * ((size + 7) / 8)
      else { throw malformed }
      return size
    default:
      throw PKIError(
        .malformedKey,
        "The algorithm \(algorithm.printable) is not accepted; RSA, ECDSA and Ed25519 keys are.")
    }
  }

  private static let malformed = PKIError(.malformedKey, "This is not an SSH public key.")

  /// The fingerprint as OpenSSH shows it: `SHA256:` and base64 without padding.
  public var fingerprint: String { "SHA256:" + blob.sha256.base64.prefix { $0 != "=" } }

  /// Algorithm, key and comment on one line.
  public var line: String {
    let parts = [algorithm, blob.base64] + (comment.isEmpty ? [] : [comment])
    return parts.joined(separator: " ")
  }

  /// Reads strings with their lengths before them (RFC 4251 §5).
  private struct Reader {
    let bytes: [UInt8]
    var position = 0

    var isAtEnd: Bool { position == bytes.count }

    mutating func string() -> ArraySlice<UInt8>? {
      guard bytes.count - position >= 4 else { return nil }
      let length = bytes[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
      guard bytes.count - position - 4 >= length else { return nil }
      defer { position += 4 + length }
      return bytes[position + 4..<position + 4 + length]
    }
  }
}

extension SSHPublicKey: Codable {
  /// Decodes the line.
  public init(from decoder: any Decoder) throws {
    try self.init(decoder.singleValueContainer().decode(String.self))
  }

  /// Encodes the line.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(line)
  }
}
