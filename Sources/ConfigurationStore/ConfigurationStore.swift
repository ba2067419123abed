public import Configuration
import Foundation
import PKI

/// The committed configuration with all its history, shared by every process on an appliance.
public actor ConfigurationStore {
  private let database: HistoryDatabase
  private let coding: RowCoding
  private let calendar: CalendarClock
  private var newest = CommittedConfiguration(version: 0, configuration: Configuration())

  init(database: HistoryDatabase, box: SecretBox, calendar: CalendarClock) {
    self.database = database
    coding = RowCoding(box: box)
    self.calendar = calendar
  }

  /// The newest committed configuration.
  ///
  /// - Throws: `StoreError` when an object in the database cannot be read.
  public func committed() async throws -> CommittedConfiguration {
    // Nearly always nothing was committed since.
    if try await database.look({ try $0.latestVersion() }) == newest.version { return newest }
    let coding = coding
    let known = newest
    let found = try await database.read { transaction in
      try Self.newest(from: known, transaction, coding)
    }
    if found.version > newest.version { newest = found }
    return newest
  }

  /// The configuration as it was at a version.
  ///
  /// - Throws: `StoreError` when an object in the database cannot be read.
  public func configuration(at version: Int) async throws -> Configuration {
    let coding = coding
    return try await database.read { transaction in
      try Self.configuration(at: version, transaction, coding)
    }
  }

  /// The newest versions first.
  ///
  /// - Throws: `StoreError` when the database cannot be used.
  public func history(limit: Int = 1000) async throws -> [VersionRecord] {
    try await database.read { try $0.versions(limit: limit) }
  }

  /// What the history says of one version, or nil; the first is the factory's.
  ///
  /// - Throws: `StoreError` when the database cannot be used.
  public func record(of version: Int) async throws -> VersionRecord? {
    try await database.read { try $0.version(version) }
  }

  /// Commits a draft, with the credentials in it; what others committed since its base is kept.
  ///
  /// - Parameters:
  ///   - draft: the configuration to commit.
  ///   - base: what it was made from.
  ///   - user: who commits.
  ///   - comment: what the history says of it; may be empty.
  ///   - isKeptForRollback: whether `rollbackconfig` offers it.
  /// - Throws: `ConfigurationError` when the merged configuration breaks a rule.
  public func commit(
    _ draft: Configuration, madeFrom base: CommittedConfiguration, user: String, comment: String,
    isKeptForRollback: Bool
  ) async throws -> CommitOutcome {
    let changes = draft.changes(since: base.configuration)
    let credentials = draft.credentials
    guard !changes.isEmpty || !credentials.isEmpty else { return .nothing }
    let coding = coding
    let known = newest
    let calendar = calendar
    let result: (CommitOutcome, CommittedConfiguration) = try await database.write { transaction in
      let current = try Self.newest(from: known, transaction, coding)
      switch current.configuration.merging(changes, madeOn: base.configuration) {
      case .failure(let conflict):
        return (.conflict(conflict.keys), current)
      case .success(let merged):
        let written = merged.changes(since: current.configuration)
        let contested = try credentials.filter { user, change in
          // The passphrase of a user whom another session has deleted would be set for nobody.
          guard merged.users[user] != nil else { return draft.users[user] != nil }
          return try transaction.hasOtherKeys(than: change, user)
        }
        guard contested.isEmpty else {
          let keys = contested.keys.sorted().map { ObjectKey(kind: .user, name: $0) }
          return (.conflict(keys), current)
        }
        // The other session may have committed the very same values.
        guard !written.isEmpty || !credentials.isEmpty else { return (.nothing, current) }
        try merged.verify(names: written)
        let record = VersionRecord(
          number: current.version + 1, date: calendar.now, user: user, comment: comment,
          isKeptForRollback: isKeptForRollback)
        try transaction.append(record, written.map { try coding.row($0.key, $0.after) })
        // One whom the draft deletes gets none.
        for (user, change) in credentials where merged.users[user] != nil {
          try transaction.apply(change, to: user)
        }
        return (
          .committed(record),
          CommittedConfiguration(version: record.number, configuration: merged)
        )
      }
    }
    if result.1.version > newest.version { newest = result.1 }
    return result.0
  }

  /// What a user may do who came in when a version was the newest; nil for one who was deleted since:
  /// who has the name now is somebody else.
  ///
  /// - Throws: `StoreError` when what is committed cannot be read.
  public func role(of user: String, since version: Int) async throws -> Role? {
    guard let role = try await committed().configuration.users[user]?.role else { return nil }
    if version == newest.version { return role }
    let wasDeleted = try await database.read {
      try $0.wasDeleted(kind: ObjectKind.user.rawValue, name: user, after: version)
    }
    return wasDeleted ? nil : role
  }

  /// A number that changes when another process has committed; cheap enough to poll.
  ///
  /// - Throws: `StoreError` when the database cannot be used.
  public func dataVersion() async throws -> Int { try await database.dataVersion() }

  /// A fact of the appliance, such as its release.
  func fact(_ name: String) async throws -> String? {
    try await database.look { try $0.fact(name) }
  }

  /// Sets a fact of the appliance.
  func setFact(_ name: String, _ value: String) async throws {
    try await database.write { try $0.setFact(name, value) }
  }

  /// Writes version 1 with the facts that belong to it, unless there is one already.
  func found(_ factory: Configuration, facts: [String: String]) async throws {
    let coding = coding
    let date = calendar.now
    try await database.write { transaction in
      guard try transaction.latestVersion() == 0 else { return }
      for (name, value) in facts { try transaction.setFact(name, value) }
      let record = VersionRecord(
        number: 1, date: date, user: "system", comment: "Factory default", isKeptForRollback: true)
      try transaction.append(
        record, factory.changes(since: Configuration()).map { try coding.row($0.key, $0.after) })
    }
  }

  private static func newest(
    from known: CommittedConfiguration, _ transaction: HistoryTransaction, _ coding: RowCoding
  ) throws -> CommittedConfiguration {
    let latest = try transaction.latestVersion()
    if latest == known.version { return known }
    var configuration = known.configuration
    let rows =
      known.version == 0
      ? try transaction.objects(at: latest) : try transaction.objects(after: known.version)
    for row in rows {
      let entry = try coding.entry(row)
      configuration[stored: entry.key] = entry.value
    }
    return CommittedConfiguration(version: latest, configuration: configuration)
  }

  private static func configuration(
    at version: Int, _ transaction: HistoryTransaction, _ coding: RowCoding
  ) throws -> Configuration {
    var configuration = Configuration()
    for row in try transaction.objects(at: version) {
      let entry = try coding.entry(row)
      configuration[stored: entry.key] = entry.value
    }
    return configuration
  }
}
