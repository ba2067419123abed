public import Configuration

/// One user's work on an appliance: what is committed, and what is pending until `commit`.
///
/// A session has at most one running command, so it is no actor; it stays with its shell.
public final class Session {
  /// Who works.
  public let user: String
  /// Its number in the registry; nil for a session that is not entered there.
  public var login: Int64?
  /// The store that the session commits to.
  public let store: ConfigurationStore
  /// The newest version when it began.
  private let begun: Int
  /// What the pending configuration was made from; kept until commit or clear.
  private var base: CommittedConfiguration
  /// What is pending; nil when there is nothing to commit.
  public private(set) var pending: Configuration?

  /// Begins a session on what is committed now.
  ///
  /// - Throws: `StoreError` when what is committed cannot be read.
  public init(user: String, store: ConfigurationStore) async throws {
    self.user = user
    self.store = store
    base = try await store.committed()
    begun = base.version
  }

  /// Whether there is something to commit.
  public var hasPendingChanges: Bool { pending != nil }

  /// What the user may do, as it is committed now; nil for one whom the configuration lacks, or has
  /// lacked since the session began.
  ///
  /// - Throws: `StoreError` when what is committed cannot be read.
  public func role() async throws -> Role? {
    try await store.role(of: user, since: begun)
  }

  /// What is pending, as differences from what it was made from.
  public var pendingChanges: [Change] {
    pending?.changes(since: base.configuration) ?? []
  }

  /// The credentials that are pending, by user.
  public var pendingCredentials: [String: CredentialChange] { pending?.credentials ?? [:] }

  /// What a command works on: the pending configuration, or the committed one.
  ///
  /// With nothing pending the session goes on to what is committed now: not while a command holds an
  /// earlier draft, which would then revert what others have committed.
  ///
  /// - Throws: `StoreError` when what is committed cannot be read.
  public func draft() async throws -> Configuration {
    if let pending { return pending }
    base = try await store.committed()
    return base.configuration
  }

  /// The committed configuration as the session last saw it.
  public var lastCommitted: CommittedConfiguration { base }

  /// The committed host name, which stands in the main prompt.
  public var hostName: String { base.configuration.system.hostName }

  /// Makes a command's result pending; one that equals the base leaves nothing pending.
  public func keep(_ draft: Configuration) {
    pending = draft == base.configuration ? nil : draft
  }

  /// Makes pending what was pending before, made from the same base.
  public func putBack(_ earlier: Configuration?) { pending = earlier }

  /// Drops what is pending.
  public func clear() { pending = nil }

  /// Commits what is pending.
  ///
  /// - Returns: the outcome; after a conflict the changes are still pending.
  /// - Throws: `ConfigurationError` when others' changes and these break a rule together, and for
  ///   changes of users by somebody who is no administrator.
  public func commit(comment: String, isKeptForRollback: Bool) async throws -> CommitOutcome {
    guard let draft = pending else { return .nothing }
    let touchesUsers =
      !draft.credentials.isEmpty || pendingChanges.contains { $0.key.kind.isAboutUsers }
    if touchesUsers, try await role() != .administrator {
      throw ConfigurationError("Only an administrator may change users.")
    }
    let outcome = try await store.commit(
      draft, madeFrom: base, user: user, comment: comment, isKeptForRollback: isKeptForRollback)
    if case .conflict = outcome { return outcome }
    pending = nil
    base = try await store.committed()
    return outcome
  }
}
