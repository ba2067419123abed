import Control
import Configuration
import ConfigurationStore
import Dialogue
import Foundation

/// `commit`: makes what is pending true, inside and outside.
struct CommitCommand {
  let context: CommandContext
  var c: Conversation { context.conversation }

  func run() async throws {
    let batch = try Batch(context.arguments)
    guard context.session.hasPendingChanges else {
      return await c.say("\nThere is no data to commit.")
    }
    let comment: String
    let isKept: Bool
    if let batch {
      comment = batch.comment
      isKept = batch.isKeptForRollback && context.draft.rollback.isEnabled
    } else {
      comment = try await c.askOptional("Please enter some comments describing your changes:")
      isKept = try await isKeptForRollback()
    }
    try await context.commitPending(comment: comment, isKeptForRollback: isKept)
  }

  /// Whether the configuration is kept; a release that does not ask keeps it.
  private func isKeptForRollback() async throws -> Bool {
    guard context.draft.rollback.isEnabled else { return false }
    guard context.release.asksForRollback else { return true }
    return try await c.confirm(
      "Do you want to save the current configuration for rollback?", default: true)
  }

  /// `commit "comment"`, `commit Y "comment"`.
  private struct Batch {
    var comment = ""
    var isKeptForRollback = true

    init?(_ arguments: [String]) throws {
      switch arguments.count {
      case 0: return nil
      case 1: comment = arguments[0]
      case 2 where ["y", "n"].contains(arguments[0].lowercased()):
        isKeptForRollback = arguments[0].lowercased() == "y"
        comment = arguments[1]
      default: throw InvalidArguments()
      }
    }
  }
}

extension CommandContext {
  /// Commits what is pending, has it served, and only then says so.
  ///
  /// Whoever connects after `Changes committed` sees the new configuration.
  func commitPending(comment: String, isKeptForRollback: Bool) async throws {
    let credentials = session.pendingCredentials.sorted { $0.key < $1.key }
    switch try await session.commit(comment: comment, isKeptForRollback: isKeptForRollback) {
    case .nothing:
      session.clear()
      await conversation.say("\nThere is no data to commit.")
    case .committed(let record):
      committed = record
      events += credentials.flatMap { $1.events(of: $0, by: session.user) }
      for trouble in await outside.engine.apply(version: record.number) {
        await conversation.say("\nNote: \(trouble)")
      }
      await conversation.say("\nChanges committed: \(DateText.full(record.date))")
    case .conflict(let keys):
      hasFailed = true
      await conversation.say("\nAnother session has committed other changes to:")
      for key in keys { await conversation.say("  \(key)") }
      if try await conversation.confirm(
        "Are you ready to discard all of your changes?", default: false)
      {
        session.clear()
      }
    }
    draft = try await session.draft()
  }
}

extension CredentialChange {
  /// What the authentication log tells of it.
  fileprivate func events(of user: String, by other: String) -> [AuthenticationEvent] {
    (passphrase == nil ? [] : [.passphraseChanged(user: user, by: other)])
      + (keys == nil ? [] : [.keysChanged(user: user, by: other)])
  }
}
