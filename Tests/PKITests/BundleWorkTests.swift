import PKI
import Testing

/// A bundle says itself how much work it is to open; all its parts together have a limit.
@Suite struct BundleWorkTests {
  /// An encoding by its tag.
  private func der(_ tag: UInt8, _ parts: [UInt8]...) -> [UInt8] {
    let content = parts.flatMap(\.self)
    let count = content.count
    let length: [UInt8] =
      count < 0x80
      ? [UInt8(count)] : [0x83, UInt8(count >> 16), UInt8(count >> 8 & 255), UInt8(count & 255)]
    return [tag] + length + content
  }

  // 1.2.840.113549.1.7.1
  private let data: [UInt8] = [6, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 1]
  // 1.2.840.113549.1.12.10.1.2
  private let shrouded: [UInt8] = [
    6, 11, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 12, 10, 1, 2,
  ]

  /// A file without a MAC that holds encrypted keys (RFC 7292 section 4).
  private func bundle(_ keys: [[UInt8]]) -> [UInt8] {
    func content(_ bytes: [UInt8]) -> [UInt8] { der(0x30, data, der(0xA0, der(4, bytes))) }
    let bags = keys.flatMap { der(0x30, shrouded, der(0xA0, $0)) }
    let parts = der(0x30, content(der(0x30, bags)))
    return der(0x30, [2, 1, 3], content(parts))
  }

  /// The lab's key as `openssl pkcs8` encrypts it.
  private func encryptedKey(_ options: String) throws -> [UInt8] {
    let lab = try Lab.shared.get()
    let folder = try Folder()
    try folder.write(lab.folder.text("leaf.key"), to: "leaf.key")
    try folder.openssl(
      "pkcs8 -topk8 -in leaf.key -outform DER -out k.der -passout {} \(options)", "pass:secret")
    return try folder.bytes("k.der")
  }

  @Test(arguments: ["-scrypt", "-iter 5000"])
  func modestWorkIsDone(options: String) throws {
    let file = bundle([try encryptedKey(options)])
    // The key opens; only a certificate is missing.
    expectError(.noCertificate) { _ = try PKCS12.open(file, passphrase: "secret") }
    expectError(.wrongPassphrase) { _ = try PKCS12.open(file, passphrase: "other") }
  }

  @Test func scryptOfTooMuchWorkIsRefused() throws {
    var key = try encryptedKey("-scrypt")
    // Block size 8 and one lane become 127 lanes.
    let costs = try #require(key.ranges(of: [2, 1, 8, 2, 1, 1]).first)
    key.replaceSubrange(costs, with: [2, 1, 8, 2, 1, 127])
    let message = expectError(.unsupported) {
      _ = try PKCS12.open(bundle([key]), passphrase: "secret")
    }
    #expect(message.contains("rounds"))
  }

  @Test func theWorkOfAllPartsIsCounted() throws {
    let key = try encryptedKey("-iter 1000000")
    expectError(.noCertificate) {
      _ = try PKCS12.open(bundle([key, key]), passphrase: "secret")
    }
    expectError(.unsupported) {
      _ = try PKCS12.open(
        bundle(Array(repeating: key, count: 6)), passphrase: "secret")
    }
  }
}
