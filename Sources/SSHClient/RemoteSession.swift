import Dialogue
import Programs
import Synchronization
import Transcripts

/// A session over SSH that a transcript is played on.
final class RemoteSession: PlayedSession {
  /// A screen on which next to nothing is paged or broken, in character cells.
  private static let endless = WindowSize(rows: 1000, columns: 500)
  /// Line editors send nothing but the characters themselves to it, as long as lines are short.
  private static let terminal = "vt100"

  /// What the session's two threads and the replay share.
  private final class Line: Sendable {
    struct State {
      var session: ByteSession
      var kind = SessionEvent.Kind.ended
      var status: Int32?
    }

    let state: Mutex<State>

    init(columns: Int) {
      state = Mutex(State(session: ByteSession(columns: columns)))
    }
  }

  private let line: Line
  private let program: TerminalProgram

  /// Opens a session.
  ///
  /// - Throws: `SystemFailure` when the client cannot be started.
  init(over connection: MasterConnection, window: WindowSize?) throws {
    let window = window ?? RemoteSession.endless
    let line = Line(columns: window.columns)
    self.line = line
    program = try TerminalProgram(
      connection.session(terminal: RemoteSession.terminal), rows: UInt16(clamping: window.rows),
      columns: UInt16(clamping: window.columns)
    ) { bytes in
      line.state.withLock { $0.session.receive(bytes, at: .now) }
    } onEnd: { status in
      line.state.withLock { state in
        state.session.end()
        state.status = status
      }
    }
  }

  func nextEvent(
    expectedBy matcher: Matcher, within bound: Duration
  ) async throws -> SessionEvent? {
    let deadline = ContinuousClock.now + bound
    repeat {
      let (verdict, status) = line.state.withLock { state in
        let verdict = state.session.verdict(expectedBy: matcher, at: .now)
        if case .event(let event) = verdict { state.kind = event.kind }
        return (verdict, state.status)
      }
      // What ssh says when it, and not the session, has failed (ssh(1), exit status).
      if status == 255 { throw SSHTrouble("The connection is lost.") }
      switch verdict {
      case .event(let event): return event
      case .turnPage(let keys): program.type(keys)
      case .wait: try await Task.sleep(for: .milliseconds(20))
      }
    } while .now < deadline
    return nil
  }

  func reply(_ reply: Reply) async throws {
    if reply == .endOfInput { return program.hangUp() }
    guard RemoteSession.isTypable(reply) else {
      throw SSHTrouble("The answer holds control characters, which a terminal takes for keys.")
    }
    let keys = line.state.withLock { $0.session.answer(reply, to: $0.kind) }
    program.type(keys)
  }

  private static func isTypable(_ reply: Reply) -> Bool {
    let (text, others) =
      switch reply {
      case .line(let text), .completed(let text): (text, "")
      // In pasted lines a tab is text.
      case .paste(let lines): (lines.joined(), "\t")
      default: ("", "")
      }
    return text.unicodeScalars.allSatisfy {
      $0.properties.generalCategory != .control || others.unicodeScalars.contains($0)
    }
  }

  func end(within bound: Duration) async -> Bool {
    program.hangUp()
    let deadline = ContinuousClock.now + bound
    while line.state.withLock({ $0.status }) == nil {
      guard .now < deadline else { return false }
      try? await Task.sleep(for: .milliseconds(20))
    }
    return true
  }
}
