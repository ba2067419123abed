public import Dialogue
import Glibc

/// A session on a TTY: lines are edited by libedit, with history and completion.
///
/// It is the only thing in the process that touches the TTY's settings. From `init` to `close`
/// the TTY is raw: what is typed between prompts waits, unseen, and is echoed once by the prompt
/// that reads it. Reads block a thread of the editor's own, never the cooperative pool.
public actor LineEditor: Terminal {
  private nonisolated let executor = QueueExecutor(label: "esash.line-editor")
  private nonisolated let events: InputEvents
  private nonisolated let outputDescriptor: Int32
  private let output: Output
  private let input: TerminalInput
  private let editor: EditLine
  private let historyFile: HistoryFile?
  /// Lines of a key that was pasted by mistake are not remembered.
  private var key = TypedKey()

  /// The editor's own executor.
  public nonisolated var unownedExecutor: UnownedSerialExecutor {
    executor.asUnownedSerialExecutor()
  }

  /// Takes over a TTY; nil if there is none, or one that libedit cannot edit on (`TERM=emacs`).
  ///
  /// - Parameters:
  ///   - input: the descriptor of the keyboard.
  ///   - output: the descriptor of the screen.
  ///   - historyFile: where command lines are kept between sessions, mode 0600; nil: nowhere.
  ///   - programName: the name that lines of the user's editrc may begin with (`esash:bind …`).
  public init?(
    input: Int32 = 0, output: Int32 = 1, historyFile: String?, programName: String = "esash"
  ) {
    guard let events = InputEvents() else { return nil }
    let keyboard = TerminalInput(descriptor: input, events: events)
    let screen = Output(descriptor: output) { events.hasEnded }
    guard
      let editor = EditLine(
        descriptor: input, output: screen, input: keyboard, program: programName)
    else { return nil }
    self.events = events
    self.input = keyboard
    self.output = screen
    self.editor = editor
    self.historyFile = historyFile.map(HistoryFile.init(path:))
    outputDescriptor = output
    for line in self.historyFile?.lines() ?? [] { editor.remember(line) }
  }

  /// Gives the TTY back as it was found; later reads throw `InputEnd.endOfInput`.
  public func close() {
    events.end()
    editor.close()
  }

  /// The window as the TTY tells it now, in character cells.
  public nonisolated var window: WindowSize? {
    WindowSize(of: outputDescriptor)
  }

  /// Shows text as it stands; the TTY turns `\n` into CR LF.
  public func write(_ text: String) {
    output.write(text)
  }

  /// Shows a prompt and lets the user edit one line; only command lines enter the history.
  public func readLine(_ prompt: Prompt) throws(InputEnd) -> String? {
    try begin(atCommandLine: prompt.isCommandLine)
    guard prompt.echo else {
      return try editor.inRawState { () throws(InputEnd) in
        output.write(prompt.text)
        return try SecretReader(input: input, output: output).read()
      }
    }
    do throws(InputEnd) {
      let line = try editor.readLine(prompt)
      if let line, !key.includes(line), prompt.isCommandLine {
        editor.remember(line)
        historyFile?.append(line)
      }
      return line
    } catch {
      output.write(error == .interrupted ? "^C\n" : "\n")
      throw error
    }
  }

  /// Reads pasted lines up to one that holds a single `.`, and echoes them as they arrive.
  public func readPaste(_ paste: Paste) throws(InputEnd) -> [String] {
    try begin()
    return try editor.inRawState { () throws(InputEnd) in
      var reader = PasteReader(paste, input: input, output: output)
      return try reader.read()
    }
  }

  /// Shows the pager's line, waits for one key and wipes the line by CR, blanks, CR.
  ///
  /// Return is `\n`; an arrow or function key is Escape.
  public func readKey(_ prompt: String) throws(InputEnd) -> Character {
    try begin()
    return try editor.inRawState { () throws(InputEnd) in
      output.write(prompt)
      defer {
        let blanks = String(repeating: " ", count: displayWidth(prompt.unicodeScalars))
        output.write("\r\(blanks)\r")
      }
      return Character(try input.nextKey())
    }
  }

  // MARK: - Events from outside

  /// One element for each Ctrl-C that is pressed while nothing is read, from this call on.
  ///
  /// The shell takes a fresh stream for each command that may last, and cancels the command's
  /// task at the first element. The session's end (`end`, SIGHUP, SIGTERM) counts as one, too.
  public nonisolated var interruptions: AsyncStream<Void> {
    events.interruptions()
  }

  /// Passes a signal on; may be called from any thread.
  ///
  /// SIGINT makes the next question throw `InputEnd.interrupted`, or the present read. SIGHUP and
  /// SIGTERM are the end of input.
  public nonisolated func receive(_ signal: SignalPipe.Signal) {
    switch signal {
    case .interrupt: events.interrupt()
    case .windowChange: events.resize()
    case .hangUp, .terminate: events.end()
    }
  }

  /// Makes the present and all later reads throw `InputEnd.endOfInput`: an idle session, a kick.
  public nonisolated func end() {
    events.end()
  }

  /// What each read begins with, before it shows anything.
  ///
  /// Ctrl-C that was pressed between prompts was meant for the command. If that goes on and asks
  /// a question, the question throws; at the main prompt the command is over, and so is Ctrl-C.
  private func begin(atCommandLine: Bool = false) throws(InputEnd) {
    if events.hasEnded { throw .endOfInput }
    try input.settleLineEnd()
    // Each prompt asks for the window's size anyway.
    _ = events.takeResize()
    if events.takeInterruption() {
      input.dropTypeAhead()
      if !atCommandLine { throw .interrupted }
    }
    if Task.isCancelled, !atCommandLine { throw .interrupted }
  }
}
