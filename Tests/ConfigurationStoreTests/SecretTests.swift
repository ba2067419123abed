import Configuration
import Foundation
import PKI
import Testing
import TestSupport

@testable import ConfigurationStore

@Suite("Secrets in the store")
struct SecretTests {
  let world: TestAppliance
  let pool: CertificatePool

  init() async throws {
    world = try await TestAppliance()
    pool = try await .shared
  }

  @Test("the database's files hold no private key in any form")
  func keysAreSealed() async throws {
    let profile = try pool.profile("partner", key: 1)
    try await world.store.change { $0.certificates["partner"] = profile }
    try await world.appliance.accounts.setPassphrase("Tr0ub4dor&3", of: "admin")
    // The private number itself: 32 bytes behind the head of the encoding (RFC 5915).
    let number = Array(pool.p256Keys[1].pkcs8DER[36..<68])
    let content = try databaseBytes()
    for form in Self.forms(of: number) { #expect(!content.containsPart(of: form)) }
    #expect(!content.containsPart(of: Array("-----BEGIN PRIVATE KEY-----".utf8)))
    // The same search finds what does stand there, also across the database's pages.
    #expect(content.containsPart(of: Array(profile.certificate.der.base64.utf8)))
    #expect(content.containsPart(of: Array("\"key\":\"$sealed$".utf8)))
    #expect(content.range(of: Data("$scrypt$ln=15".utf8)) != nil)
    #expect(content.range(of: Data("Tr0ub4dor&3".utf8)) == nil)
    // And it would find the key, had it been written in one of these forms.
    for text in [pool.p256Keys[1].pem, pool.p256Keys[1].pkcs8DER.base64] {
      #expect(Self.forms(of: number).contains { Data(text.utf8).containsPart(of: $0) })
    }
  }

  /// The ways in which bytes might stand in a file: as they are, hexadecimal, or in base64, which
  /// has three forms, depending on where in a longer value the bytes begin.
  private static func forms(of bytes: [UInt8]) -> [[UInt8]] {
    let hexadecimal = bytes.map { String(UInt16($0) + 0x100, radix: 16).dropFirst() }.joined()
    let texts =
      [hexadecimal, hexadecimal.uppercased()]
      + (0..<3).map { Array(bytes.dropFirst($0)).base64 }
    return [bytes] + texts.map { Array($0.utf8) }
  }

  @Test("a sealed row under another name does not open")
  func movedRow() async throws {
    try await world.store.change { $0.certificates["partner"] = try pool.profile("partner") }
    let database = try HistoryDatabase(path: "\(world.appliance.directory)/esash.sqlite")
    try await database.write { transaction in
      let row = try #require(try transaction.objects(at: 2).first { $0.name == "partner" })
      try transaction.append(
        VersionRecord(
          number: 3, date: .testMoment, user: "", comment: "", isKeptForRollback: true),
        [ObjectRow(level: row.level, kind: row.kind, name: "other", value: row.value)])
    }
    await #expect(
      throws: StoreError(
        "The object certificate/other in the database cannot be read: A stored secret cannot be opened: its key is another one, or it was changed."
      )
    ) { try await world.openedAgain().store.committed() }
    // What was there before can still be had.
    #expect(try await world.store.configuration(at: 2).certificates["partner"] != nil)
  }

  @Test("another secret.key opens nothing, and says so")
  func otherKey() async throws {
    let file = "\(world.appliance.directory)/secret.key"
    try Data(SecretBox.randomKey()).write(to: URL(filePath: file))
    let again = try await world.openedAgain()
    await #expect(
      throws: StoreError(
        "The object certificate/Demo in the database cannot be read: A stored secret cannot be opened: its key is another one, or it was changed."
      )
    ) { try await again.store.committed() }
  }

  @Test(
    "a missing or damaged secret.key is one sentence, and no new one is made", arguments: [0, 31])
  func missingKey(_ size: Int) async throws {
    let file = "\(world.appliance.directory)/secret.key"
    try FileManager.default.removeItem(atPath: file)
    if size > 0 { try Data(count: size).write(to: URL(filePath: file)) }
    await #expect(
      throws: StoreError(
        "The appliance's secret.key is missing or damaged; without it no private key can be read. "
          + "Bring it back from a copy.")
    ) { try await world.openedAgain() }
    #expect((FileManager.default.contents(atPath: file)?.count ?? 0) == size)
  }

  @Test("a copied database without its key gives no secret away, with it everything")
  func copiedDatabase() async throws {
    let copy = world.directory.path("copy")
    try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: false)
    for name in ["esash.sqlite", "esash.sqlite-wal"] {
      let source = "\(world.appliance.directory)/\(name)"
      guard FileManager.default.fileExists(atPath: source) else { continue }
      try FileManager.default.copyItem(atPath: source, toPath: "\(copy)/\(name)")
    }
    await #expect(throws: StoreError.self) {
      try await Appliance(at: copy, environment: .test())
    }
    try FileManager.default.copyItem(
      atPath: "\(world.appliance.directory)/secret.key", toPath: "\(copy)/secret.key")
    let opened = try await Appliance(at: copy, environment: .test())
    #expect(
      try await opened.store.committed().configuration
        == world.store.committed().configuration)
    #expect(opened.serialNumber == world.appliance.serialNumber)
  }

  private func databaseBytes() throws -> Data {
    var bytes = Data()
    for suffix in ["", "-wal", "-shm"] {
      let file = "\(world.appliance.directory)/esash.sqlite\(suffix)"
      bytes += FileManager.default.contents(atPath: file) ?? Data()
    }
    return bytes
  }
}

extension Data {
  /// Whether any 14 bytes on end are here; a longer value may lie on two pages of the database.
  fileprivate func containsPart(of needle: [UInt8]) -> Bool {
    (0...needle.count - 14).contains { range(of: Data(needle[$0..<$0 + 14])) != nil }
  }
}

extension [UInt8] {
  fileprivate var base64: String { Data(self).base64EncodedString() }
}
