import Commands
import Configuration
import ConfigurationStore
import Control
import Dialogue
import Shell

/// A user's session on an appliance: its shell, its place among the sessions, its audit logs.
struct UserSession {
  /// Where somebody sits who comes from nowhere.
  static let console = "console"

  /// What holds the dialogue.
  let shell: Shell
  private let user: String
  private let origin: String
  private let presence: SessionPresence
  private let audit: AuditLogs

  /// Lets a user in; whoever asks has made sure who it is.
  ///
  /// - Parameters:
  ///   - origin: the address that the user comes from, or `console`.
  ///   - terminal: where the session is held.
  ///   - release: makes the terminal's present read return when the session is ended from outside.
  ///   - engine: what serves the configuration.
  ///   - wrapping: what stands between the shell and the terminal.
  /// - Throws: `CouldNotRun` for a user whom the committed configuration lacks.
  init(
    of user: String, from origin: String = console, on terminal: any Terminal,
    release: @escaping @Sendable () -> Void = {}, appliance: Appliance,
    engine: any EngineControl,
    wrapping: (any Terminal, Session) -> any Terminal = { terminal, _ in terminal }
  ) async throws {
    let session = try await Session(user: user, store: appliance.store)
    guard let role = try await session.role() else {
      throw CouldNotRun("There is no user \"\(user)\".")
    }
    let endable = EndableTerminal(terminal, release: release)
    let presence = try await appliance.sessions.enter(user: user, from: origin) { other in
      endable.end("This session was ended by \(other); what was not committed is lost.")
    }
    endable.onInput { presence.touch() }
    session.login = presence.number
    let audit = try AuditLogs(of: appliance, session.lastCommitted.configuration.log)
    audit.record(
      .loggedOn(
        user: user, origin: origin, role: role,
        how: origin == Self.console ? "CLI session" : "SSH connection"))
    self.user = user
    self.origin = origin
    self.presence = presence
    self.audit = audit
    shell = Shell(
      session: session, appliance: appliance, terminal: wrapping(endable, session),
      outside: appliance.outside(engine: engine, audit: audit), audit: audit)
  }

  /// Notes the end and flushes the logs.
  func close() async {
    audit.record(.loggedOut(user: user, origin: origin))
    await presence.leave()
    await audit.close()
  }
}
