import CLibEdit
import Dialogue
import Glibc

/// One libedit editor on one TTY: the keys, the prompt line, and the two states of the TTY.
///
/// libedit switches the TTY, and it does so by two sets of settings that are given to it here:
/// - *raw*, while something is read: no echo, no line ends translated, Ctrl-C is a byte;
/// - *between prompts*: the same, but Ctrl-C is SIGINT. What is typed there waits unseen for its
///   prompt; were echo ever on, the system would show it once and the prompt once more.
///
/// Not thread-safe: it belongs to the actor that made it.
final class EditLine {
  private let el: OpaquePointer
  private let output: Output
  private let input: TerminalInput
  private let streams: LibEditStreams
  private let lines = LineHistory()
  /// The history at questions: always empty, so that answers neither enter nor see one.
  private let nothing = LineHistory()
  private let promptText = WideText()
  /// The names of our editing functions, to which libedit points.
  private var names: [WideText] = []
  private var prompt = Prompt(bracket: "")
  /// Why libedit was told that no character comes.
  private var end: InputEnd?
  private var window = WindowSize(rows: 0, columns: 0)
  private let descriptor: Int32
  private var original: termios
  private var isOpen = true

  /// Nil where libedit cannot edit: no TTY, no memory, or `TERM=emacs`.
  init?(descriptor: Int32, output: Output, input: TerminalInput, program: String) {
    var original = termios()
    guard tcgetattr(descriptor, &original) == 0, isatty(output.descriptor) == 1,
      let streams = LibEditStreams(output: output),
      let el = el_init_fd(
        program, streams.input, streams.output, streams.errors, descriptor, output.descriptor,
        streams.errorDescriptor)
    else { return nil }
    guard clibedit_edits(el) else {
      el_end(el)
      return nil
    }
    self.el = el
    self.output = output
    self.input = input
    self.streams = streams
    self.original = original
    self.descriptor = descriptor
    configure()
  }

  deinit {
    close()
  }

  /// Gives the TTY back as it was found; nothing may be read afterwards.
  func close() {
    guard isOpen else { return }
    isOpen = false
    // An editor that does not edit leaves the TTY alone: libedit itself would throw away what
    // has been typed for the next program.
    clibedit_set_number(el, EL_EDITMODE, 0)
    el_end(el)
    tcsetattr(descriptor, TCSADRAIN, &original)
  }

  /// Adds a line to those that Up brings back.
  func remember(_ line: String) {
    lines.enter(line)
  }

  /// Runs a read that does not go through libedit, in the raw state.
  func inRawState<Result>(
    _ body: () throws(InputEnd) -> Result
  ) throws(InputEnd) -> Result {
    clibedit_set_number(el, EL_PREP_TERM, 1)
    defer { clibedit_set_number(el, EL_PREP_TERM, 0) }
    return try body()
  }

  /// Shows a prompt and lets the user edit a line; nil for Ctrl-D on an empty one.
  func readLine(_ prompt: Prompt) throws(InputEnd) -> String? {
    self.prompt = prompt
    window = currentWindow
    let (above, last) = lastRow(of: prompt.text, columns: window.columns)
    output.write(above)
    promptText.text = last
    end = nil
    clibedit_set_history(el, (prompt.isCommandLine ? lines : nothing).history)
    // Raw before the prompt is seen: who answers it at once by Ctrl-C must not send a signal.
    return try inRawState { () throws(InputEnd) in
      var count: Int32 = 0
      let line = el_wgets(el, &count).map { String(wide: $0, count: Int(count)) }
      if let end { throw end }
      guard let line, count > 0 else {
        output.write("\n")
        return nil
      }
      return oneLine(line)
    }
  }

  // MARK: - What libedit calls

  /// Gives libedit its next character; 1 for one, -1 for none.
  func nextCharacter(into character: UnsafeMutablePointer<wchar_t>) -> Int32 {
    do throws(InputEnd) {
      let scalar = try input.nextScalar { windowChanged() }
      character.pointee = wchar_t(scalar.value)
      return 1
    } catch {
      end = error
      return -1
    }
  }

  var promptPointer: UnsafeMutablePointer<wchar_t> { promptText.pointer }

  /// Tab.
  func complete() -> Int32 {
    let text = line(to: \.cursor)
    let completion =
      prompt.isCommandLine
      ? Completion(commandLine: text, from: prompt.completions)
      : Completion(answer: text, from: prompt.completions)
    switch completion {
    case .none:
      return CC_ERROR
    case .replace(let deleting, let inserting):
      let typed = text.unicodeScalars.suffix(deleting)
      let atEnd = text == line(to: \.lastchar)
      if atEnd, inserting.unicodeScalars.starts(with: typed) {
        // As if the rest were typed: no redrawing, so no escape sequence.
        WideText.with(String(inserting.unicodeScalars.dropFirst(deleting))) { el_wpush(el, $0) }
        return CC_NORM
      }
      replace(deleting, by: inserting)
      return CC_REFRESH
    case .list(let words, let deleting, let inserting):
      output.write("\n" + inColumns(words, width: currentWindow.columns))
      replace(deleting, by: inserting)
      clibedit_refresh(el)
      return CC_NORM
    }
  }

  /// Ctrl-D: the end on an empty line, else it deletes the character at the cursor.
  func deleteOrEnd() -> Int32 {
    let info = el_wline(el).pointee
    if info.lastchar == info.buffer { return CC_EOF }
    if info.cursor == info.lastchar { return CC_ERROR }
    el_cursor(el, 1)
    el_deletestr(el, 1)
    return CC_REFRESH
  }

  // MARK: -

  private func configure() {
    clibedit_set_pointer(el, EL_CLIENTDATA, Unmanaged.passUnretained(self).toOpaque())
    names = installCallbacks(in: el)
    run("bind", "-e")
    el_source(el, nil)
    // A user's `edit off` would leave the raw TTY without an editor.
    clibedit_set_number(el, EL_EDITMODE, 1)
    run("bind", "^I", "esash-complete")
    run("bind", "^D", "esash-delete-or-end")
    run("bind", "^R", "em-inc-search-prev")
    // The key that ends a telnet conversation is a character like others.
    run("bind", "^]", "ed-insert")
    let always = ["-inlcr", "-icrnl", "-icanon", "-echo", "-iexten", "+opost", "+onlcr"]
    run(["setty", "-d"] + always + ["-isig"])
    // No suspending and no core dump between prompts: both would leave the TTY raw.
    run(["setty", "-x"] + always + ["+isig", "susp=", "quit=", #"min=\001"#, "time="])
  }

  private func run(_ words: String...) {
    run(words)
  }

  /// Runs a line of editrc.
  private func run(_ words: [String]) {
    let copies = words.map { strdup($0) }
    defer { copies.forEach { free($0) } }
    var arguments = copies.map { UnsafePointer($0) } + [nil]
    el_parse(el, Int32(words.count), &arguments)
  }

  private func line(to end: KeyPath<LineInfoW, UnsafePointer<wchar_t>>) -> String {
    let info = el_wline(el).pointee
    return String(wide: info.buffer, count: info[keyPath: end] - info.buffer)
  }

  private func replace(_ count: Int, by text: String) {
    el_deletestr(el, Int32(count))
    _ = WideText.with(text) { el_winsertstr(el, $0) }
  }

  /// Draws the line anew in a window of another size.
  private func windowChanged() {
    let before = window
    window = currentWindow
    guard window != before else { return }
    el_resize(el)
    let shown = displayWidth((promptText.text + line(to: \.lastchar)).unicodeScalars)
    // On one row the line is written over itself; of several, nobody knows where they are now.
    output.write(shown < min(before.columns, window.columns) ? "\r" : "\n")
    clibedit_refresh(el)
  }

  private var currentWindow: WindowSize {
    WindowSize(of: output.descriptor) ?? WindowSize(rows: 24, columns: 80)
  }
}

/// The line without its end; a line end that was quoted into it (Ctrl-V) becomes a blank.
private func oneLine(_ text: String) -> String {
  var scalars = text.unicodeScalars
  if scalars.last == "\n" { scalars.removeLast() }
  return String(String.UnicodeScalarView(scalars.map { $0 == "\n" ? " " : $0 }))
}
