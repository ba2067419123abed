import Configuration
import Foundation
import PKI
import Synchronization
import Testing
import TestSupport

@testable import ConfigurationStore

@Suite("Rows of the database")
struct RowTests {
  let pool: CertificatePool
  let coding: RowCoding
  let directory: TemporaryDirectory

  init() async throws {
    pool = try await .shared
    coding = RowCoding(box: try SecretBox(key: SecretBox.randomKey()))
    directory = try TemporaryDirectory()
  }

  @Test("every property of every kind comes back from its row", arguments: ObjectKind.allCases)
  func everythingComesBack(_ kind: ObjectKind) throws {
    let name = kind.isSingleton ? "" : Fabricator.text(kind.rawValue)
    for level in Level.allCases {
      let key = ObjectKey(level: level, kind: kind, name: name)
      let value = AnyConfigurationValue(try kind.fabricated(pool: pool))
      let entry = try coding.entry(coding.row(key, value))
      #expect(entry.key == key)
      #expect(entry.value == value)
    }
  }

  @Test("a deleted object is a row without a value")
  func deleted() throws {
    let key = ObjectKey(kind: .route, name: "a.example")
    let row = try coding.row(key, nil)
    #expect(row.value == nil)
    let entry = try coding.entry(row)
    #expect(entry.key == key)
    #expect(entry.value == nil)
  }

  @Test("the same value gives the same row, secrets apart")
  func rowsAreStable() throws {
    let key = ObjectKey(kind: .listener, name: "a")
    let value = AnyConfigurationValue(try ObjectKind.listener.fabricated(pool: pool))
    #expect(try coding.row(key, value).value == coding.row(key, value).value)
  }

  @Test("two spellings of one accented name are one row")
  func spellings() throws {
    let composed = try coding.row(ObjectKey(kind: .certificate, name: "\u{E9}"), nil)
    let value = AnyConfigurationValue(try pool.profile("e"))
    let decomposed = try coding.row(ObjectKey(kind: .certificate, name: "e\u{301}"), value)
    #expect(Array(composed.name.utf8) == Array(decomposed.name.utf8))
    #expect(try coding.entry(decomposed).value == value)
  }

  @Test(
    "what cannot be read is named with its reason",
    arguments: [
      ("{\"format\":2,\"value\":{\"hosts\":7}}", "it was written by a newer esash."),
      ("{\"format\":1,\"value\":{}}", "\"hosts\" is missing in it."),
      ("{\"value\":{\"hosts\":[]}}", "\"format\" is missing in it."),
      ("{\"format\":1,\"value\":{\"hosts\":7}}", "it is damaged."),
      ("{\"format\":1,\"val", "it is damaged."),
      ("", "it is damaged."),
    ])
  func unreadable(_ text: String, _ reason: String) {
    let row = ObjectRow(
      level: "machine", kind: "route", name: "a.example", value: Data(text.utf8))
    #expect(
      throws: StoreError(
        "The object route/a.example in the database cannot be read: \(reason)")
    ) { try coding.entry(row) }
  }

  @Test("an object of an unknown kind is refused by name")
  func unknownKind() {
    let row = ObjectRow(level: "machine", kind: "teapot", name: "", value: nil)
    #expect(
      throws: StoreError("The database holds an object of the unknown kind machine/teapot.")
    ) { try coding.entry(row) }
  }

  @Test("a secret in clear text is not taken from the database")
  func clearSecret() throws {
    let key = ObjectKey(kind: .certificate, name: "a")
    let row = try coding.row(key, AnyConfigurationValue(pool.profile("a")))
    var text = String(decoding: try #require(row.value), as: UTF8.self)
    let sealed = try #require(text.range(of: "$sealed$"))
    text.replaceSubrange(sealed, with: "$base64$")
    let forged = ObjectRow(
      level: row.level, kind: row.kind, name: row.name, value: Data(text.utf8))
    #expect(
      throws: StoreError(
        "The object certificate/a in the database cannot be read: A stored secret is not sealed.")
    ) { try coding.entry(forged) }
  }

  @Test("the connection that commits syncs fully, in a write-ahead log, at every opening")
  func synchronous() async throws {
    for _ in 0..<2 {
      let database = try HistoryDatabase(path: directory.path("esash.sqlite"))
      let levels = try await database.write { transaction in
        try transaction.setFact("a", "b")
        return try transaction.pragma("synchronous")
      }
      #expect(levels == 2)
      #expect(try await database.read { try $0.pragma("synchronous") } == 2)
      #expect(directory.mode("esash.sqlite-wal") == 0o600)
    }
  }

  @Test("a file that lost all that it held is not a new one")
  func emptied() throws {
    let path = directory.path("esash.sqlite")
    for name in ["esash.sqlite", "esash.sqlite-wal"] { try directory.write([], to: name) }
    #expect {
      try HistoryDatabase(path: path)
    } throws: {
      "\($0)".hasPrefix("The appliance's database, esash.sqlite, is damaged: it is empty.")
    }
    #expect(try directory.read("esash.sqlite") == [])
    #expect(FileManager.default.fileExists(atPath: directory.path("esash.sqlite-wal")))
  }

  @Test("a transaction that throws leaves nothing")
  func rollback() async throws {
    struct Refusal: Error {}
    let database = try HistoryDatabase(path: directory.path("esash.sqlite"))
    await #expect(throws: Refusal.self) {
      try await database.write { transaction in
        try transaction.setFact("a", "b")
        throw Refusal()
      }
    }
    #expect(try await database.read { try $0.fact("a") } == nil)
  }

  @Test("one version number is given once")
  func versionNumbers() async throws {
    let database = try HistoryDatabase(path: directory.path("esash.sqlite"))
    let record = VersionRecord(
      number: 1, date: .testMoment, user: "", comment: "", isKeptForRollback: true)
    try await database.write { try $0.append(record, []) }
    await #expect(throws: StoreError.self) {
      try await database.write { try $0.append(record, []) }
    }
  }

  @Test("a database that another holds for more than five seconds is one sentence")
  func busyDatabase() async throws {
    let holder = try HistoryDatabase(path: directory.path("esash.sqlite"))
    let other = try HistoryDatabase(path: directory.path("esash.sqlite"))
    let isHeld = Mutex(false)
    let isOver = Mutex(false)
    async let holding: Void = holder.write { transaction in
      try transaction.setFact("holder", "yes")
      isHeld.withLock { $0 = true }
      while !isOver.withLock({ $0 }) { usleep(1000) }
    }
    try await eventually("the holder's transaction") { isHeld.withLock { $0 } }
    // Reading goes on.
    #expect(try await other.read { try $0.fact("holder") } == nil)
    await #expect(
      throws: StoreError("The appliance's database is in use by another process; try again.")
    ) { try await other.write { try $0.setFact("other", "yes") } }
    isOver.withLock { $0 = true }
    try await holding
    #expect(try await other.read { try $0.fact("holder") } == "yes")
    #expect(try await other.read { try $0.fact("other") } == nil)
  }

  @Test("what is no database is refused with one sentence")
  func noDatabase() throws {
    try directory.write(Array(repeating: 0x41, count: 8192), to: "esash.sqlite")
    #expect(
      throws: StoreError(
        "The appliance's database, esash.sqlite, is damaged: file is not a database. "
          + "It is left as it is; docs/reliability.md says how to save what is good in it.")
    ) { try HistoryDatabase(path: directory.path("esash.sqlite")) }
    let missing = directory.path("no/esash.sqlite")
    #expect {
      try HistoryDatabase(path: missing)
    } throws: {
      "\($0)" == "The file \(missing) cannot be written: No such file or directory."
    }
  }
}
