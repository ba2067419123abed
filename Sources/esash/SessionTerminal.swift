import Dialogue
import Foundation
import LineEditor
import Shell

/// The terminal of a session on the standard input and output: libedit on a TTY, else a pipe.
struct SessionTerminal {
  let terminal: any Terminal
  private let editor: LineEditor?
  private let pipe: PipeTerminal?

  /// - Parameters:
  ///   - historyFile: where command lines are kept between sessions.
  ///   - origin: where the user comes from.
  ///   - limit: how long the session may be left idle. A script on this machine takes its time.
  init(historyFile: String, origin: String, idleLimit limit: Duration) {
    // There libedit would not edit, and secrets would be shown.
    if ProcessInfo.processInfo.environment["TERM"] == "emacs" { setenv("TERM", "dumb", 1) }
    if isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1,
      let editor = LineEditor(historyFile: historyFile)
    {
      self.editor = editor
      pipe = nil
      terminal = Self.limited(editor, to: limit) { editor.end() }
      let signals = SignalPipe()
      signals?.observe { editor.receive($0) }
      signals?.activate()
    } else {
      let pipe = PipeTerminal()
      self.pipe = pipe
      editor = nil
      terminal = origin == UserSession.console ? pipe : Self.limited(pipe, to: limit)
    }
  }

  private static func limited(
    _ inner: any Terminal, to limit: Duration, release: @escaping @Sendable () -> Void = {}
  ) -> any Terminal {
    let endable = EndableTerminal(inner, release: release)
    return IdleLimit(endable, limit: limit) {
      endable.end("This session was left idle for too long; what was not committed is lost.")
    }
  }

  /// Makes the present read return, so that a session that is ended lets go of the TTY.
  var release: @Sendable () -> Void { { [editor] in editor?.end() } }

  /// Gives the terminal back.
  func close() async {
    await editor?.close()
    await pipe?.close()
  }
}
