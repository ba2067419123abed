public import Configuration
public import ConfigurationStore
public import Dialogue
import Foundation
import PKI

/// What a command works with: the conversation, its draft, and what it may reach.
///
/// It lives as long as one run of one command and stays with its shell.
public final class CommandContext {
  /// Questions and answers.
  public let conversation: Conversation
  /// What is committed and pending.
  public let session: Session
  /// Files, release, calendar, keys.
  public let appliance: Appliance
  /// What it may reach outside its session.
  public let outside: Outside
  /// The words behind the command's name.
  public let arguments: [String]
  /// The configuration that the command changes; it becomes pending when the command ends.
  public var draft: Configuration
  /// Whether the command, or an operation of it, failed.
  public internal(set) var hasFailed = false
  /// What the command committed.
  public internal(set) var committed: VersionRecord?
  /// What the authentication log is to tell of it.
  public internal(set) var events: [AuthenticationEvent] = []
  /// Whether the session ends with this command.
  public internal(set) var endsSession = false

  /// Makes a context for one run of a command.
  public init(
    conversation: Conversation, session: Session, appliance: Appliance,
    outside: Outside, arguments: [String], draft: Configuration
  ) {
    self.conversation = conversation
    self.session = session
    self.appliance = appliance
    self.outside = outside
    self.arguments = arguments
    self.draft = draft
  }

  /// The release's facts.
  var release: Release { appliance.release }
  /// The moment on the appliance's calendar.
  var now: Date { appliance.environment.calendar.now }
  /// The host name that is committed; it stands in prompts and sentences.
  var hostName: String { session.hostName }

  /// Runs a menu until an empty answer leaves it; heading and list come again each time.
  func menu<Operation: MenuOperation>(
    heading: () async throws -> Void, operations: () -> [Operation],
    run: (Operation) async throws -> Void
  ) async throws {
    while true {
      try await heading()
      guard let operation = try await conversation.menu(operations()) else { return }
      try await attempt { try await run(operation) }
    }
  }

  /// Runs one operation; when it fails, its sentence is shown and the draft is as before.
  func attempt(_ operation: () async throws -> Void) async throws {
    let before = draft
    do {
      try await operation()
    } catch let end as InputEnd {
      throw end
    } catch {
      draft = before
      await fail(error)
    }
  }

  /// Shows why something failed and remembers that it did.
  public func fail(_ error: any Error) async {
    hasFailed = true
    await conversation.say("\n\(error)")
  }
}
