import Configuration
import ConfigurationStore
import Testing
import TestSupport

@Suite("Several stores on one database")
struct TwoStoresTests {
  let world: TestAppliance

  init() async throws { world = try await TestAppliance() }

  @Test("each sees what the other commits")
  func seeEachOther() async throws {
    let one = world.store
    let other = try await world.openedAgain().store
    #expect(try await other.committed().version == 1)
    try await one.change { $0.system.hostName = "a.example.com" }
    #expect(try await other.committed().configuration.system.hostName == "a.example.com")
    try await other.change {
      $0.routes["b.example"] = Route(hosts: [.init(host: "b.example")])
      $0.routes["example.com"] = nil
    }
    #expect(try await one.committed().version == 3)
    #expect(try await one.committed().configuration.routes.names == ["b.example"])
    #expect(try await one.committed().configuration == other.committed().configuration)
    #expect(try await one.history() == other.history())
  }

  @Test("the data version moves with the other's commits, not with one's own")
  func dataVersion() async throws {
    let one = world.store
    let other = try await world.openedAgain().store
    let start = try await one.dataVersion()
    try await one.change { $0.system.hostName = "a.example.com" }
    #expect(try await one.dataVersion() == start)
    try await other.change { $0.system.hostName = "b.example.com" }
    #expect(try await one.dataVersion() != start)
  }

  @Test("a draft on an old base merges with what the other store committed, or is refused")
  func mergeAndConflict() async throws {
    let one = try await Session(user: "one", store: world.store)
    let other = try await Session(user: "two", store: world.openedAgain().store)
    try await one.edit { $0.system.hostName = "a.example.com" }
    try await other.edit { $0.delivery.maxConnections = 7 }
    _ = try await one.commit()
    #expect(try await other.commit().record?.number == 3)
    try await one.edit { $0.delivery.maxConnections = 8 }
    try await other.edit { $0.delivery.maxConnections = 9 }
    #expect(try await other.commit().record?.number == 4)
    #expect(try await one.commit().conflict == [ObjectKey(kind: .delivery)])
  }

  @Test("committing at the same time, nothing is lost and every refusal is a conflict")
  func concurrentCommits() async throws {
    let commits = try await withThrowingTaskGroup(of: [Attempt].self) { group in
      for writer in 0..<6 {
        let store = try await world.openedAgain().store
        group.addTask { try await Attempt.make(25, writer: writer, on: store) }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(commits.count == 150)
    let succeeded = commits.filter { $0.number != nil }
    let history = try await world.store.history()
    #expect(history.count == 1 + succeeded.count)
    #expect(Set(succeeded.map(\.number)).count == succeeded.count)
    for commit in commits {
      guard let number = commit.number else {
        // Only the object that all of them change can be disputed.
        #expect(commit.conflict == [ObjectKey(kind: .delivery)], "\(commit.comment)")
        #expect(!history.contains { $0.comment == commit.comment })
        continue
      }
      #expect(history.first { $0.number == number }?.comment == commit.comment)
      let before = try await world.store.configuration(at: number - 1)
      let after = try await world.store.configuration(at: number)
      #expect(after.changes(since: before).map(\.key) == commit.keys)
      for key in commit.keys { #expect(after.objects[key] == commit.draft.objects[key]) }
    }
    // Each writer's own object has what it committed last.
    let end = try await world.store.committed().configuration
    for writer in 0..<6 {
      let last = succeeded.filter { $0.writer == writer }.max {
        ($0.number ?? 0) < ($1.number ?? 0)
      }
      #expect(
        end.destinations["w\(writer).example"] == last?.draft.destinations["w\(writer).example"])
    }
  }

  @Test("a commit whose task is cancelled has happened, or has not, as it says")
  func cancellation() async throws {
    var expected = 1
    for round in 0..<150 {
      let store = world.store
      let task = Task {
        try await store.change("\(round)") { $0.delivery.maxConnections = round + 1 }
      }
      try await Task.sleep(for: .microseconds(Int.random(in: 0...1500)))
      task.cancel()
      let committed = (try? await task.value)?.record != nil
      if committed { expected += 1 }
      let history = try await store.history()
      #expect(history.count == expected)
      #expect((history.first?.comment == "\(round)") == committed)
      #expect(
        (try await store.committed().configuration.delivery.maxConnections == round + 1)
          == committed)
    }
  }
}

/// One try to commit, and what came of it.
private struct Attempt: Sendable {
  let writer: Int
  let comment: String
  let draft: Configuration
  /// What the draft changed.
  let keys: [ObjectKey]
  let number: Int?
  let conflict: [ObjectKey]?

  /// Commits a writer's own destination, and every third time the object that all share.
  static func make(
    _ count: Int, writer: Int, on store: ConfigurationStore
  ) async throws -> [Attempt] {
    var attempts: [Attempt] = []
    for round in 0..<count {
      let base = try await store.committed()
      var draft = base.configuration
      var destination = Destination()
      destination.maxConnections = round + 1
      draft.destinations["w\(writer).example"] = destination
      if round % 3 == 0 { draft.delivery.maxConnections = 1 + writer * count + round }
      let comment = "\(writer)/\(round)"
      let outcome = try await store.commit(
        draft, madeFrom: base, user: "w\(writer)", comment: comment, isKeptForRollback: true)
      attempts.append(
        Attempt(
          writer: writer, comment: comment, draft: draft,
          keys: draft.changes(since: base.configuration).map(\.key), number: outcome.record?.number,
          conflict: outcome.conflict))
    }
    return attempts
  }
}
