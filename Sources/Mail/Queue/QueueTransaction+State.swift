import Foundation
import GRDB

extension QueueTransaction {
  /// A value that is kept beside the messages; nil when it was never set.
  func state<Value: Decodable>(_ type: Value.Type, named name: String) throws -> Value? {
    let value = try Data.fetchOne(
      database, sql: "SELECT value FROM state WHERE name = ?", arguments: [name])
    return try value.map { try JSONDecoder().decode(type, from: $0) }
  }

  /// Keeps a value in place of the one of that name.
  func setState(_ value: some Encodable, named name: String) throws {
    try run(
      """
      INSERT INTO state VALUES (?, ?)
      ON CONFLICT(name) DO UPDATE SET value = excluded.value
      """, [name, JSONEncoder().encode(value)])
  }
}
