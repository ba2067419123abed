public import Dialogue
import Dispatch
import Synchronization

/// A session on a pipe or a file: prompts are printed, nothing is echoed, nothing is paged.
///
/// A line that has arrived is taken without any change of thread. Waiting for one, and writing,
/// happen on two queues of the terminal's own, so that a slow partner blocks nobody else. Output
/// is written before the terminal waits for input or takes a command line, at 64 KiB, at `close`,
/// and 20 ms after a command said it.
public final class PipeTerminal: Terminal {
  /// The most bytes that are kept of a line; the rest is read and dropped.
  public static let longestLine = 1 << 20

  private let input: PipeInput
  private let output: PipeOutput
  private let lines = Mutex(LineSplitter())

  /// Reads lines from one descriptor and writes to another.
  public convenience init(input: Int32 = 0, output: Int32 = 1) {
    self.init(input: input, output: output, delay: .milliseconds(20))
  }

  init(input: Int32, output: Int32, delay: DispatchTimeInterval) {
    self.input = PipeInput(descriptor: input)
    self.output = PipeOutput(descriptor: output, delay: delay)
  }

  /// Writes what is still held back; the executable's last word to this terminal.
  public func close() async {
    await output.flush()
  }

  /// Nil: a pipe has no screen.
  public var window: WindowSize? { nil }

  /// Shows text as it stands.
  public func write(_ text: String) async {
    await output.write(text)
  }

  /// Prints a prompt and takes the next line; a last line needs no line end.
  ///
  /// What a command said is written before the next one runs: it may have acknowledged a commit.
  public func readLine(_ prompt: Prompt) async throws(InputEnd) -> String? {
    await output.write(prompt.text)
    if prompt.isCommandLine { await output.flush() }
    return String(decoding: try await nextLine(limit: Self.longestLine), as: UTF8.self)
  }

  /// Takes lines up to one that holds a single `.`.
  public func readPaste(_ paste: Paste) async throws(InputEnd) -> [String] {
    var collector = PasteCollector(limit: paste.limit)
    while true {
      if collector.take(try await nextLine(limit: collector.longestLine)) { return collector.lines }
    }
  }

  /// Prints the text and takes one line's first character; a pager never asks without a screen.
  public func readKey(_ prompt: String) async throws(InputEnd) -> Character {
    try await readLine(Prompt(question: prompt, bracket: ""))?.first ?? "\n"
  }

  private func nextLine(limit: Int) async throws(InputEnd) -> [UInt8] {
    while true {
      switch lines.withLock({ $0.next(limit: limit) }) {
      case .line(let line):
        return line
      case .end:
        throw .endOfInput
      case .incomplete:
        output.startFlush()
        let chunk = await input.nextChunk()
        lines.withLock { $0.feed(chunk) }
      }
    }
  }
}
