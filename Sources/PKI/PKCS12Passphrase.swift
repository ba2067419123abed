/// One way to hand a passphrase to OpenSSL: bytes of UTF-8, or none at all.
struct PKCS12Passphrase {
  let bytes: [UInt8]?

  /// The ways worth trying, the likeliest first.
  ///
  /// No passphrase is written by some tools as an empty text and by others as nothing. Beyond
  /// ASCII, OpenSSL before 1.1 took each byte of UTF-8 for a character of its own. Source:
  /// passphrase-encoding(7).
  static func candidates(for text: String) -> [PKCS12Passphrase] {
    if text.isEmpty { return [PKCS12Passphrase(bytes: []), PKCS12Passphrase(bytes: nil)] }
    let utf8 = PKCS12Passphrase(bytes: Array(text.utf8))
    if text.utf8.allSatisfy({ $0 < 128 }) { return [utf8] }
    let asCharacters = text.utf8.reduce(into: "") { $0.unicodeScalars.append(Unicode.Scalar($1)) }
    return [utf8, PKCS12Passphrase(bytes: Array(asCharacters.utf8))]
  }

  /// Calls a function of OpenSSL with a pointer and a length.
  func with<Result>(_ body: (UnsafePointer<CChar>?, Int32) throws -> Result) rethrows -> Result {
    guard let bytes else { return try body(nil, 0) }
    // A zero behind the text: an empty array alone might give no pointer.
    return try (bytes + [0]).withUnsafeBufferPointer { buffer in
      try buffer.withMemoryRebound(to: CChar.self) {
        try body($0.baseAddress, Int32(bytes.count))
      }
    }
  }
}
