import Configuration
import ConfigurationStore
import Dialogue

/// `rollbackconfig`: makes an earlier commit the configuration again.
struct RollbackConfig {
  let context: CommandContext
  var c: Conversation { context.conversation }

  enum Operation: String, MenuOperation, CaseIterable {
    case rollback = "ROLLBACK"
    case setup = "SETUP"

    var summary: String {
      switch self {
      case .rollback: "Roll back the configuration to an earlier commit"
      case .setup: "Change whether commits are saved for rollback"
      }
    }
  }

  func run() async throws {
    guard context.arguments.isEmpty else { throw InvalidArguments() }
    try await context.menu {
      let state = context.draft.rollback.isEnabled ? "enabled" : "disabled"
      await c.say("\nSaving configurations for rollback is \(state).")
    } operations: {
      Operation.allCases
    } run: { operation in
      switch operation {
      case .rollback: try await rollback()
      case .setup: try await setUp()
      }
    }
  }

  private func rollback() async throws {
    let store = context.session.store
    let newest = context.session.lastCommitted.version
    let versions = try await store.history().filter {
      $0.isKeptForRollback && $0.number < newest
    }
    guard !versions.isEmpty else {
      throw OperationFailed("There is no earlier configuration to roll back to.")
    }
    await c.say()
    try await c.table(
      [
        Column("   Committed On"), Column("User", width: 12),
        Column("Description", width: 30),
      ],
      versions.enumerated().map {
        ["\($0 + 1). \(DateText.full($1.date))", $1.user, $1.comment]
      })
    guard
      let number = try await c.pick(
        "Enter the number of the config to revert to.", in: 1...versions.count)
    else { return }
    if context.draft != context.session.lastCommitted.configuration {
      await c.say("\nThere are changes that are not committed; rolling back replaces them.")
    }
    guard
      try await c.confirm(
        "Are you sure you want to roll back the configuration?", default: false)
    else { return }
    let chosen = versions[number - 1]
    var earlier = try await store.configuration(at: chosen.number)
    if try await !context.mayChangeUsers() { earlier.takeUsers(of: context.draft) }
    // It may have been committed under another release.
    let adaptations = earlier.adapt(to: context.release)
    context.draft = earlier
    await c.say(
      "\nReverted to \(DateText.full(chosen.date)) \(chosen.user) \(chosen.comment)")
    for adaptation in adaptations { await c.say("Note: \(adaptation)") }
    guard try await c.confirm("Do you want to commit this configuration now?", default: false)
    else { return }
    let pending = context.session.pending
    context.session.keep(context.draft)
    do {
      try await context.commitPending(
        comment: "Rolled back to the configuration of \(DateText.full(chosen.date))",
        isKeptForRollback: context.draft.rollback.isEnabled)
    } catch {
      // What was pending before the command stays, as whenever a command ends before its time.
      if context.committed == nil { context.session.putBack(pending) }
      throw error
    }
  }

  private func setUp() async throws {
    context.draft.rollback.isEnabled = try await c.confirm(
      "Do you want to save configurations for rollback?",
      default: context.draft.rollback.isEnabled)
  }
}
