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

  /// Changes what is stopped, and remembers it.
  ///
  /// - Returns: what is stopped now.
  func changeSuspension(
    _ change: @escaping @Sendable (inout Suspension) -> Void
  ) async throws -> Suspension {
    try await write { transaction in
      var suspension = try transaction.state(Suspension.self, named: "suspension") ?? Suspension()
      change(&suspension)
      try transaction.setState(suspension, named: "suspension")
      return suspension
    }
  }
}
