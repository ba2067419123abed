import Databases
import Files
import Foundation
import GRDB
import TestSupport
import Testing

@Suite("Durable databases")
struct DurableDatabaseTests {
  let directory: TemporaryDirectory
  var path: String { directory.path("a.sqlite") }

  init() throws { directory = try TemporaryDirectory() }

  private func migrator(_ names: String...) -> DatabaseMigrator {
    var migrator = DatabaseMigrator()
    for name in names {
      migrator.registerMigration(name) { try $0.execute(sql: "CREATE TABLE \(name) (value)") }
    }
    return migrator
  }

  @Test("it is made whole, for its owner alone, and opened with a log that is synchronised")
  func fresh() throws {
    for _ in 0..<2 {
      let queue = try DurableDatabase.open(path, migrator("one"))
      try queue.inDatabase { database in
        #expect(try String.fetchOne(database, sql: "PRAGMA journal_mode") == "wal")
        #expect(try Int.fetchOne(database, sql: "PRAGMA synchronous") == 2)
        try database.execute(sql: "INSERT INTO one VALUES (1)")
      }
      for name in ["a.sqlite", "a.sqlite-wal"] { #expect(directory.mode(name) == 0o600) }
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
    #expect(names.allSatisfy { $0.hasPrefix("a.sqlite") }, "\(names)")
  }

  @Test("new tables come to those that are there")
  func migrated() throws {
    try DurableDatabase.open(path, migrator("one")).write {
      try $0.execute(sql: "INSERT INTO one VALUES (7)")
    }
    let queue = try DurableDatabase.open(path, migrator("one", "two"))
    #expect(try queue.read { try Int.fetchOne($0, sql: "SELECT value FROM one") } == 7)
    #expect(try queue.read { try $0.tableExists("two") })
  }

  @Test("one of a newer program is left alone")
  func newer() throws {
    try DurableDatabase.open(path, migrator("one", "two")).close()
    let before = try directory.read("a.sqlite")
    #expect(throws: DurableDatabaseError.newer) {
      try DurableDatabase.open(path, migrator("one"))
    }
    #expect(try directory.read("a.sqlite") == before)
  }

  @Test("one that lost all that it held is not a new one, and its log stays")
  func emptied() throws {
    for name in ["a.sqlite", "a.sqlite-wal"] { try directory.write([], to: name) }
    #expect {
      try DurableDatabase.open(path, migrator("one"))
    } throws: { ($0 as? DatabaseError)?.message == "it is empty" }
    #expect(try directory.read("a.sqlite") == [])
    #expect(FileManager.default.fileExists(atPath: directory.path("a.sqlite-wal")))
  }

  @Test("what the check says counts before anything is written")
  func checked() throws {
    struct Damage: Error {}
    try DurableDatabase.open(path, migrator("one")).close()
    let before = try directory.read("a.sqlite")
    #expect(throws: Damage.self) {
      try DurableDatabase.open(path, migrator("one", "two")) { _ in throw Damage() }
    }
    #expect(try directory.read("a.sqlite") == before)
  }

  @Test("what fails while it is made leaves nothing")
  func unmade() throws {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("one") { try $0.execute(sql: "no such statement") }
    #expect(throws: DatabaseError.self) { try DurableDatabase.open(path, migrator) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == [])
    #expect(throws: FileError.self) {
      try DurableDatabase.open(directory.path("none/a.sqlite"), self.migrator("one"))
    }
  }
}
