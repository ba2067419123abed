import CLibEdit

/// The lines that Up and Ctrl-R find, in libedit's own form.
final class LineHistory {
  let history: OpaquePointer?
  private var newest = ""

  init() {
    history = history_winit()
    clibedit_history_size(history, Int32(HistoryFile.limit))
  }

  deinit {
    if let history { history_wend(history) }
  }

  /// Adds a line, unless it is empty or repeats the newest one.
  func enter(_ line: String) {
    guard !line.isEmpty, line != newest else { return }
    newest = line
    _ = WideText.with(line) { clibedit_history_enter(history, $0) }
  }
}
