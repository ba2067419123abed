import COpenSSL
import FoundationEssentials

extension Sequence<UInt8> {
  /// Lower-case hexadecimal digits, two a byte.
  var hexadecimal: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}

extension [UInt8] {
  /// The SHA-256 of these bytes, 32 bytes.
  var sha256: [UInt8] {
    LibCrypto.initialize()
    var digest = [UInt8](repeating: 0, count: 32)
    SHA256(self, count, &digest)
    return digest
  }

  /// Base64 without line ends.
  var base64: String { Data(self).base64EncodedString() }

  /// Decodes base64 without line ends; nil for anything else.
  init?(base64 text: String) {
    guard let data = Data(base64Encoded: text) else { return nil }
    self.init(data)
  }

  /// So many bytes from the system's generator.
  static func random(count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
  }
}
