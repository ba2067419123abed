public import Commands
import Configuration
public import ConfigurationStore
public import Dialogue

/// A session at the prompt: reads command lines and runs commands.
///
/// It alone catches an interrupted dialogue, but for `Conversation.follow`, of which an interruption
/// is the orderly end. It belongs to one task.
public final class Shell {
  private let conversation: Conversation
  private let session: Session
  private let appliance: Appliance
  private let outside: Outside
  private let audit: any AuditTrail
  private let audited: AuditedTerminal
  /// All commands of the appliance.
  private let allCommands: CommandTable
  /// Those that the user may run.
  private var table = CommandTable([])
  /// The committed version that was looked at.
  private var version = 0

  /// How a session, or a run of commands, ended.
  public struct End: Equatable, Sendable {
    /// Whether a command failed.
    public var hasFailed = false
    /// Whether pending changes were lost with the session.
    public var lostChanges = false
  }

  private var end = End()
  private var isOver = false

  /// Makes a shell for a user's session on a terminal.
  ///
  /// - Parameters:
  ///   - outside: what its commands may reach.
  ///   - audit: where entered commands are recorded (`cli_logs`).
  public init(
    session: Session, appliance: Appliance, terminal: any Terminal, outside: Outside,
    audit: any AuditTrail
  ) {
    self.session = session
    self.appliance = appliance
    self.outside = outside
    self.audit = audit
    allCommands = CommandTable(Command.all(of: appliance))
    audited = AuditedTerminal(terminal, user: session.user, audit: audit)
    conversation = Conversation(on: audited)
  }

  /// Holds the session: banner, prompts, commands, until `exit` or the end of the input.
  ///
  /// - Parameters:
  ///   - isGreeted: whether the banner is shown.
  ///   - stopsAtFailure: whether the first failing command is the last.
  public func run(isGreeted: Bool = true, stopsAtFailure: Bool = false) async -> End {
    if isGreeted { await conversation.say(appliance.banner) }
    while !isOver {
      do throws(InputEnd) {
        try await prompt(stopsAtFailure: stopsAtFailure)
      } catch .interrupted {
        await conversation.say()
      } catch {
        loseChanges()
      }
    }
    return end
  }

  /// Runs the commands of one line and ends the session, as `esash run -c` and an exec channel do.
  ///
  /// - Parameter stopsAtFailure: whether the first failing command is the last.
  public func run(line: String, stopsAtFailure: Bool = false) async -> End {
    audit.record(user: session.user, entry: line, prompt: "")
    do throws(InputEnd) {
      try await execute(line, stopsAtFailure: stopsAtFailure)
    } catch {
      // A question met the end of the input: the command is dropped and nothing more can follow.
      end.hasFailed = true
    }
    loseChanges()
    return end
  }

  private func loseChanges() {
    isOver = true
    end.lostChanges = session.hasPendingChanges
    session.clear()
  }

  /// Looks what was committed since: what the user may do, and how logs are kept.
  private func followCommits() async {
    do {
      let committed = try await session.store.committed()
      guard committed.version != version else { return }
      let role = try await session.role()
      version = committed.version
      table = allCommands.limited(to: Access(user: session.user, role: role))
      await audit.obey(committed.configuration.log)
    } catch {
      // While the database is busy what was known before holds.
    }
  }

  /// What Tab knows at the prompt.
  private var completions: [String] {
    get async {
      // What is pending, or else what the session has seen: completing asks no database.
      let pending = session.hasPendingChanges ? try? await session.draft() : nil
      let draft = pending ?? session.lastCommitted.configuration
      let logs = draft.log.subscriptions.map { "tail \($0.name)" }
      // Nobody looks through more, and each prompt would wait for them.
      let domains = draft.destinations.all.prefix(200).map(\.name)
      let entries = ["edit", "delete", "detail"].flatMap { operation in
        domains.map { "destconfig \(operation) \($0)" }
      }
      return table.words + logs + entries
    }
  }

  private func prompt(stopsAtFailure: Bool) async throws(InputEnd) {
    await followCommits()
    await conversation.say()
    let line = try await conversation.readLine(
      Prompt(bracket: "\(session.hostName)> ", isCommandLine: true, completions: await completions))
    do throws(InputEnd) {
      // Ctrl-D on an empty line is `exit`.
      try await execute(line ?? "exit", stopsAtFailure: stopsAtFailure)
    } catch {
      // A command that asks where nothing answers any more has not done its work.
      if error == .endOfInput { end.hasFailed = true }
      throw error
    }
    if stopsAtFailure, end.hasFailed { loseChanges() }
  }

  private func execute(_ line: String, stopsAtFailure: Bool = false) async throws(InputEnd) {
    let commands: [[String]]
    do throws(CommandLine.UnbalancedQuotes) {
      commands = try CommandLine(line).commands
    } catch {
      end.hasFailed = true
      return await conversation.say("\nA quotation mark is never closed.")
    }
    for words in commands where !isOver {
      await followCommits()
      let succeeded = try await execute(words)
      if !succeeded {
        end.hasFailed = true
        if stopsAtFailure { return }
      }
    }
  }

  /// Runs one command; a dialogue that is interrupted leaves the pending configuration alone.
  private func execute(_ words: [String]) async throws(InputEnd) -> Bool {
    let name = words[0]
    let arguments = Array(words.dropFirst())
    if ["help", "?"].contains(name.lowercased()) {
      let found: Bool
      do throws(InputEnd) {
        found = try await Help(conversation: conversation, table: table).run(arguments)
      } catch .interrupted {
        return true
      } catch {
        throw error
      }
      if !found { await sayUnknown(arguments.joined(separator: " ")) }
      return found
    }
    guard let command = table.command(name) else {
      await sayUnknown(name)
      return false
    }
    return try await run(command, arguments)
  }

  private func sayUnknown(_ name: String) async {
    await conversation.say("\nUnknown command or missing feature key: \(name)")
  }

  private func run(_ command: Command, _ arguments: [String]) async throws(InputEnd) -> Bool {
    do {
      try await appliance.followCalendar()
      let context = CommandContext(
        conversation: conversation, session: session, appliance: appliance, outside: outside,
        arguments: arguments, draft: try await session.draft())
      audited.isConfidential = command.isConfidential
      defer {
        audited.isConfidential = false
        if let record = context.committed {
          audit.committed(user: session.user, comment: record.comment)
        }
        for event in context.events { audit.record(event) }
      }
      do {
        try await command.run(context)
      } catch InputEnd.interrupted {
        let what = context.committed == nil ? "nothing" : "nothing else"
        await conversation.say(
          "\n-- Changes not recorded. The command was interrupted; \(what) it changed is kept.")
        return true
      } catch let end as InputEnd {
        throw end
      } catch is InvalidArguments {
        await conversation.say("\nInvalid arguments when processing \(command.name)")
        return false
      } catch {
        // The draft is dropped; what was pending stays.
        await context.fail(error)
        return false
      }
      session.keep(context.draft)
      isOver = context.endsSession
      return !context.hasFailed
    } catch let end as InputEnd {
      throw end
    } catch {
      await conversation.say("\n\(error)")
      // Where nothing can be read, a session with nothing to lose can still be left.
      isOver = command.name == "exit" && !session.hasPendingChanges
      return false
    }
  }
}
