/// What an administrator has stopped; it holds over restarts until it is resumed.
struct Suspension: Codable, Hashable, Sendable {
  /// Whether nothing is delivered.
  var isDeliverySuspended = false
  /// The names of the listeners that accept no connections.
  var listeners: Set<String> = []

  /// Makes the state in which everything runs.
  init() {}
}

extension MessageQueue {
  /// What is stopped at present.
  func suspension() async throws -> Suspension {
    try await read { try $0.state(Suspension.self, named: "suspension") } ?? Suspension()
  }

  /// Remembers what is stopped.
  func setSuspension(_ suspension: Suspension) async throws {
    try await write { try $0.setState(suspension, named: "suspension") }
  }
}
