import Foundation
import GRDB

/// What an administrator has stopped; it holds over restarts until it is resumed.
public struct Suspension: Codable, Hashable, Sendable {
  /// Whether nothing is delivered.
  public var isDeliverySuspended = false
  /// The names of the listeners that accept no connections.
  public var listeners: Set<String> = []

  /// Makes the state in which everything runs.
  public init() {}
}

extension MessageQueue {
  /// What is stopped at present.
  public func suspension() async throws -> Suspension {
    try await read { transaction in
      let value = try Data.fetchOne(
        transaction.database, sql: "SELECT value FROM state WHERE name = 'suspension'")
      return try value.map { try JSONDecoder().decode(Suspension.self, from: $0) } ?? Suspension()
    }
  }

  /// Remembers what is stopped.
  public func setSuspension(_ suspension: Suspension) async throws {
    let value = try JSONEncoder().encode(suspension)
    try await write {
      try $0.run(
        """
        INSERT INTO state VALUES ('suspension', ?)
        ON CONFLICT(name) DO UPDATE SET value = excluded.value
        """, [value])
    }
  }
}
