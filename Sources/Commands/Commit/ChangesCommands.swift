import Configuration
import ConfigurationStore
import Dialogue

/// `showchanges`: what is pending, as a readable difference.
struct ShowChanges {
  let context: CommandContext

  func run() async throws {
    guard context.arguments.isEmpty else { throw InvalidArguments() }
    guard context.session.hasPendingChanges else {
      return await context.conversation.say("\nThere are no pending changes.")
    }
    let credentials = context.session.pendingCredentials.sorted { $0.key < $1.key }
    let lines =
      context.session.pendingChanges.flatMap(\.lines)
      + credentials.map { "~ credentials of \($0.key): \($0.value.summary)" }
    try await context.conversation.page("\n" + lines.joined(separator: "\n"))
  }
}

/// `commitdetail`: the last commit, and what it changed.
struct CommitDetail {
  let context: CommandContext
  var c: Conversation { context.conversation }

  func run() async throws {
    guard context.arguments.isEmpty else { throw InvalidArguments() }
    let store = context.session.store
    guard let last = try await store.history(limit: 1).first else { return }
    let before =
      last.number > 1 ? try await store.configuration(at: last.number - 1) : Configuration()
    let after = try await store.configuration(at: last.number)
    let lines = [
      "Last commit: \(DateText.full(last.date))", "User:        \(last.user)",
      "Comment:     \(last.comment)", "Changes:",
    ]
    let changes = after.changes(since: before).flatMap(\.lines)
    // Passphrases stand in no version.
    let shown = changes.isEmpty ? ["(passphrases only)"] : changes
    try await c.page("\n" + (lines + shown.map { "  " + $0 }).joined(separator: "\n"))
  }
}
