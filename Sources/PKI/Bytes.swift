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

extension String {
  /// The text with everything that a terminal would act on (control and format characters,
  /// separators of lines) written as `\00` or `\u202e`: names in certificates are strangers' words.
  var printable: String {
    guard unicodeScalars.contains(where: \.isUnprintable) else { return self }
    return unicodeScalars.reduce(into: "") { text, scalar in
      guard scalar.isUnprintable else { return text.unicodeScalars.append(scalar) }
      let digits = String(scalar.value, radix: 16)
      text += scalar.value < 256 ? "\\" + digits.padded(to: 2) : "\\u" + digits.padded(to: 4)
    }
  }

  private func padded(to width: Int) -> String {
    String(repeating: "0", count: max(0, width - count)) + self
  }
}

extension Unicode.Scalar {
  /// Whether a terminal would act on it instead of showing it.
  var isUnprintable: Bool {
    if isASCII { return value < 32 || value == 127 }
    return switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: true
    default: false
    }
  }
}
