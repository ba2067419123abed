public import Dialogue
import Glibc

/// A session on a pipe or a file: prompts are printed, nothing is echoed, nothing is paged.
///
/// Output is collected and written before each read, at 64 KiB, at `close`, and 20 ms after it was
/// said by a command that says no more.
public actor PipeTerminal: Terminal {
  /// The most bytes that are kept of a line; the rest is read and dropped.
  public static let longestLine = 1 << 20

  private static let buffer = 1 << 16

  private nonisolated let executor = QueueExecutor(label: "esash.pipe-terminal")
  private let output: Output
  private var lines: PipeLines
  private var waiting: [UInt8] = []
  private var isFlushPlanned = false

  /// The terminal's own executor, so that a read that waits blocks nobody else.
  public nonisolated var unownedExecutor: UnownedSerialExecutor {
    executor.asUnownedSerialExecutor()
  }

  /// Reads lines from one descriptor and writes to another.
  public init(input: Int32 = 0, output: Int32 = 1) {
    lines = PipeLines(descriptor: input)
    self.output = Output(descriptor: output)
  }

  /// Writes what is still held back; the executable's last word to this terminal.
  public func close() {
    flush()
  }

  /// Nil: a pipe has no screen.
  public nonisolated var window: WindowSize? { nil }

  /// Shows text as it stands.
  public func write(_ text: String) {
    waiting += text.utf8
    if waiting.count >= Self.buffer {
      flush()
    } else if !isFlushPlanned {
      isFlushPlanned = true
      Task {
        try? await Task.sleep(for: .milliseconds(20))
        isFlushPlanned = false
        flush()
      }
    }
  }

  /// Prints a prompt and takes the next line; a last line needs no line end.
  public func readLine(_ prompt: Prompt) throws(InputEnd) -> String? {
    waiting += prompt.text.utf8
    flush()
    return String(decoding: try lines.next(limit: Self.longestLine), as: UTF8.self)
  }

  /// Takes lines up to one that holds a single `.`.
  public func readPaste(_ paste: Paste) throws(InputEnd) -> [String] {
    flush()
    var collector = PasteCollector(limit: paste.limit)
    while true {
      if collector.take(try lines.next(limit: collector.longestLine)) { return collector.lines }
    }
  }

  /// Prints the text and takes one line's first character; a pager never asks without a screen.
  public func readKey(_ prompt: String) throws(InputEnd) -> Character {
    try readLine(Prompt(question: prompt, bracket: ""))?.first ?? "\n"
  }

  private func flush() {
    output.write(waiting)
    waiting.removeAll(keepingCapacity: true)
  }
}
