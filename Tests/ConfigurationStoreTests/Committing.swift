import Configuration
import ConfigurationStore
import Testing

extension ConfigurationStore {
  /// Edits what is committed and commits it.
  @discardableResult
  func change(
    _ comment: String = "", user: String = "admin", isKeptForRollback: Bool = true,
    _ edit: (inout Configuration) throws -> Void
  ) async throws -> CommitOutcome {
    let base = try await committed()
    var draft = base.configuration
    try edit(&draft)
    return try await commit(
      draft, madeFrom: base, user: user, comment: comment, isKeptForRollback: isKeptForRollback)
  }
}

extension Session {
  /// What a command does: takes the draft, edits it, and leaves it pending.
  func edit(_ edit: (inout Configuration) throws -> Void) async throws {
    var draft = try await draft()
    try edit(&draft)
    keep(draft)
  }

  /// Commits what is pending without a comment.
  func commit() async throws -> CommitOutcome {
    try await commit(comment: "", isKeptForRollback: true)
  }
}

extension CommitOutcome {
  /// The record of a commit; nil when nothing was committed.
  var record: VersionRecord? {
    if case .committed(let record) = self { record } else { nil }
  }

  /// The keys of a conflict; nil when there was none.
  var conflict: [ObjectKey]? {
    if case .conflict(let keys) = self { keys } else { nil }
  }

  /// Whether nothing differed.
  var isNothing: Bool {
    if case .nothing = self { true } else { false }
  }
}
