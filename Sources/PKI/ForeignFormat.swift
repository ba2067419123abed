import COpenSSL

/// What people hand in where PEM is wanted, so that a refusal can name it.
enum ForeignFormat {
  /// Names bytes that are no PEM text at all; nil when they may be one.
  static func name(of bytes: [UInt8]) -> String? {
    if bytes.first == 0x30 { return name(ofDER: bytes) }
    if bytes.starts(with: [0xFE, 0xED, 0xFE, 0xED]) { return "a Java key store" }
    // A byte order mark, or a zero in every character of two bytes.
    let zeros = bytes.prefix(64).count { $0 == 0 }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
      || zeros > 0 && zeros >= min(64, bytes.count) / 3
    {
      return "UTF-16 text; save it as plain text (UTF-8) first"
    }
    if zeros > 0 { return "binary data of an unknown kind" }
    if bytes.starts(with: "PuTTY-User-Key-File".utf8) { return "a PuTTY private key" }
    if bytes.starts(with: "ssh-".utf8) || bytes.starts(with: "ecdsa-sha2-".utf8) {
      return "an OpenSSH public key"
    }
    return nil
  }

  /// Names a DER encoding; nil for what is none.
  static func name(ofDER bytes: [UInt8]) -> String? {
    if (try? Certificate(der: bytes)) != nil { return "a certificate in DER form" }
    if DER.decode(bytes, as: PKCS12Object.self, { d2i_PKCS12(nil, $0, $1) }) != nil {
      return "a PKCS#12 file"
    }
    if DER.decode(bytes, as: X509RequestObject.self, { d2i_X509_REQ(nil, $0, $1) }) != nil {
      return "a certificate signing request (CSR) in DER form"
    }
    if DER.decode(bytes, as: PKCS7Object.self, { d2i_PKCS7(nil, $0, $1) }) != nil {
      return "a PKCS#7 file in DER form"
    }
    if DER.decode(bytes, as: KeyObject.self, { d2i_AutoPrivateKey(nil, $0, $1) }) != nil {
      return "a private key in DER form"
    }
    return isSequence(bytes) ? "binary data (DER), not PEM text" : nil
  }

  /// Names a text without a single PEM block.
  static func name(ofText bytes: [UInt8]) -> String? {
    let compact = bytes.filter { ![9, 10, 13, 32].contains($0) }
    if let decoded = [UInt8](base64: String(decoding: compact, as: UTF8.self)),
      name(ofDER: decoded) != nil
    {
      return "base64 without its BEGIN and END lines"
    }
    // A DER file that was read as UTF-8: "0", then a length byte that is no character.
    return compact.starts(with: [0x30, 0xEF, 0xBF, 0xBD]) ? "binary data (DER), not PEM text" : nil
  }

  /// Names a block by its label.
  static func name(of block: PEMBlock) -> String {
    if block.isEncrypted { return "an encrypted private key; decrypt it first" }
    return switch block.label {
    case "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE": "a certificate"
    case "CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST": "a certificate signing request (CSR)"
    case "PKCS7", "CMS": "a PKCS#7 file"
    case "OPENSSH PRIVATE KEY": "an OpenSSH private key"
    case "PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY": "a private key"
    case "X509 CRL": "a certificate revocation list (CRL)"
    case "PUBLIC KEY", "RSA PUBLIC KEY": "a public key"
    default: "a block named \(block.label)"
    }
  }

  /// Whether the bytes are one SEQUENCE that fills them.
  private static func isSequence(_ bytes: [UInt8]) -> Bool {
    guard bytes.count > 2, bytes[0] == 0x30 else { return false }
    let length = bytes[1]
    if length < 0x80 { return Int(length) + 2 == bytes.count }
    let digits = Int(length & 0x7F)
    guard 1...4 ~= digits, bytes.count > digits + 2 else { return false }
    let value = bytes[2..<2 + digits].reduce(0) { $0 << 8 | Int($1) }
    return value + 2 + digits == bytes.count
  }
}
