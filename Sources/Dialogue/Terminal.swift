/// A place where a session is held: a TTY with libedit, a pipe, a transcript, an SSH channel.
///
/// What a session shows and what it waits for reach a terminal as two different events (`write`
/// and the `read…` calls), so nobody ever has to guess from bytes what is a prompt.
public protocol Terminal: AnyObject, Sendable {
  /// The window in character cells, or nil when there is no screen (then nothing is paged).
  var window: WindowSize? { get async }

  /// Shows text as it stands; lines end in `\n`.
  func write(_ text: String) async

  /// Shows a prompt and reads one line, without its line end.
  ///
  /// - Returns: the line, or nil for Ctrl-D on an empty line of a real terminal.
  /// - Throws: `InputEnd` for Ctrl-C, or when there will never be another line.
  func readLine(_ prompt: Prompt) async throws(InputEnd) -> String?

  /// Reads pasted lines up to one that holds a single `.` (which is not returned).
  ///
  /// - Parameter paste: whether the lines are a secret, and whether Ctrl-D ends them too.
  /// - Throws: `InputEnd` for Ctrl-C, or when the input ends before the dot.
  func readPaste(_ paste: Paste) async throws(InputEnd) -> [String]

  /// Shows the pager's line, waits for one raw key and wipes the line again.
  func readKey(_ prompt: String) async throws(InputEnd) -> Character

  /// One element for each Ctrl-C while nothing is read, from this call on.
  var interruptions: AsyncStream<Void> { get }
}

extension Terminal {
  /// None: a pipe or a transcript has no Ctrl-C outside its questions.
  public var interruptions: AsyncStream<Void> { AsyncStream { $0.finish() } }
}

/// Why no line came.
public enum InputEnd: Error, Equatable, Sendable {
  /// Ctrl-C: the command is dropped, the session goes on.
  case interrupted
  /// The pipe is at its end or the line hung up: the session is over.
  case endOfInput
}

/// A window's size in character cells.
public struct WindowSize: Equatable, Sendable {
  /// Lines from top to bottom.
  public var rows: Int
  /// Characters in a line.
  public var columns: Int

  /// Makes a size from rows and columns, both in character cells.
  public init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
  }
}

/// One line that waits for an answer, such as `Do you want to view the CSR? [Y]> `.
public struct Prompt: Equatable, Sendable {
  /// What stands on the prompt's own line before the bracket; often empty.
  public var question: String
  /// The bracket, `[]> `, or the main prompt; empty where a secret is asked.
  public var bracket: String
  /// Whether what is typed is shown; false for secrets.
  public var echo: Bool
  /// Whether the line belongs to the history: true at the main prompt only.
  public var isCommandLine: Bool
  /// The words that Tab completes: menu operations, names, commands.
  public var completions: [String]

  /// The whole line as the screen shows it.
  public var text: String { question + bracket }

  /// Makes a prompt that reads `question` + `bracket`.
  public init(
    question: String = "", bracket: String, echo: Bool = true, isCommandLine: Bool = false,
    completions: [String] = []
  ) {
    self.question = question
    self.bracket = bracket
    self.echo = echo
    self.isCommandLine = isCommandLine
    self.completions = completions
  }
}

/// A request for pasted lines.
public struct Paste: Equatable, Sendable {
  /// A private key: recorders and logs must not keep the lines.
  public var isSecret: Bool
  /// Whether Ctrl-D on an empty line ends the paste as well (loadconfig).
  public var endsAtControlD: Bool
  /// The most bytes that are kept; more is read up to the dot and dropped.
  public var limit: Int

  /// Makes a request; `limit` is in bytes.
  public init(isSecret: Bool = false, endsAtControlD: Bool = false, limit: Int = 1 << 20) {
    self.isSecret = isSecret
    self.endsAtControlD = endsAtControlD
    self.limit = limit
  }

  /// Whether lines hold a private key in PEM, which people paste where only a certificate was asked
  /// for, too: recorders and logs must not keep these either.
  public static func holdsPrivateKey(_ lines: [String]) -> Bool {
    lines.contains { $0.contains("PRIVATE KEY-----") }
  }
}
