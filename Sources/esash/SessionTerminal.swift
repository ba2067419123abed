import Dialogue
import Foundation
import LineEditor
import Shell

/// The terminal of a session on the standard input and output: libedit on a TTY, else a pipe.
struct SessionTerminal {
  let terminal: any Terminal
  private let editor: LineEditor?
  private let pipe: PipeTerminal?

  /// - Parameter historyFile: where command lines are kept between sessions.
  init(historyFile: String) {
    if isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1,
      let editor = LineEditor(historyFile: historyFile)
    {
      self.editor = editor
      pipe = nil
      terminal = IdleLimit(editor) { editor.end() }
      let signals = SignalPipe()
      signals?.observe { editor.receive($0) }
      signals?.activate()
    } else {
      let pipe = PipeTerminal()
      self.pipe = pipe
      editor = nil
      terminal = pipe
    }
  }

  /// Whether a person sits at it.
  var isInteractive: Bool { editor != nil }

  /// Makes the present read return, so that a session that is ended lets go of the TTY.
  var release: @Sendable () -> Void { { [editor] in editor?.end() } }

  /// Gives the terminal back.
  func close() async {
    await editor?.close()
    await pipe?.close()
  }
}
