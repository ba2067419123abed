public import Foundation

/// The built `esash` in a process of its own, its output in a file that outlives it.
///
/// Whoever starts one ends it: with `exit` or the end of its input and `wait`, or with `kill`.
public final class EsashProcess {
  private let process = Process()
  private let folder: TemporaryDirectory
  private let input: Pipe?
  /// The reading end of the pipe once more, so that writing to an esash that has ended raises no
  /// signal.
  private let readingEnd: Int32?
  /// How much of the output `waitFor` has passed, in characters.
  private var passed = 0

  /// Starts it.
  ///
  /// - Parameters:
  ///   - arguments: the subcommand with its options.
  ///   - input: all that it reads; nil to have `type` feed a pipe.
  ///   - wrapper: a program, with its arguments, that starts it in turn, such as strace.
  public init(_ arguments: [String], input text: String? = nil, under wrapper: [String] = [])
    throws
  {
    folder = try TemporaryDirectory()
    let command = wrapper + [try esashBinary] + arguments
    process.executableURL = URL(filePath: command[0])
    process.arguments = Array(command.dropFirst())
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["SWIFT_BACKTRACE": "enable=no"]
    ) { $1 }
    for name in ["output", "errors", "input"] { try folder.write([], to: name) }
    if let text {
      try folder.write(Array(text.utf8), to: "input")
      input = nil
      readingEnd = nil
      process.standardInput = try FileHandle(forReadingFrom: URL(filePath: folder.path("input")))
    } else {
      let pipe = Pipe()
      input = pipe
      readingEnd = fcntl(pipe.fileHandleForReading.fileDescriptor, F_DUPFD_CLOEXEC, 0)
      process.standardInput = pipe
    }
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: folder.path("output")))
    process.standardError = try FileHandle(forWritingTo: URL(filePath: folder.path("errors")))
    try process.run()
  }

  deinit { if let readingEnd { close(readingEnd) } }

  /// All that it has written to its standard output.
  public var output: String { (try? folder.text("output")) ?? "" }
  /// All that it has written to its standard error.
  public var errors: String { (try? folder.text("errors")) ?? "" }
  /// Its number.
  public var identifier: pid_t { process.processIdentifier }
  /// Whether it runs.
  public var isRunning: Bool { process.isRunning }

  /// Sends a line to a process that has no input of its own.
  public func type(_ line: String) throws {
    try input?.fileHandleForWriting.write(contentsOf: Data("\(line)\n".utf8))
  }

  /// Waits until a text has come that no earlier call has waited for.
  ///
  /// - Throws: `TimedOut` with what came instead, in time or before the process ended.
  public func waitFor(_ text: String, within limit: Duration = .seconds(60)) async throws {
    do {
      try await eventually(text, within: limit) {
        let hasEnded = !isRunning
        guard let range = output.dropFirst(passed).range(of: text) else {
          if hasEnded { throw TimedOut(description: "") }
          return false
        }
        passed = output.distance(from: output.startIndex, to: range.upperBound)
        return true
      }
    } catch is TimedOut {
      throw TimedOut(description: "\"\(text)\" did not come, but: \(output.dropFirst(passed))")
    }
  }

  /// Ends it at once, wherever it is.
  public func kill() { Glibc.kill(identifier, SIGKILL) }

  /// Closes its input and waits until it has ended.
  ///
  /// - Returns: the exit status, or the negative number of the signal that ended it.
  @discardableResult
  public func wait(within limit: Duration = .seconds(60)) async throws -> Int32 {
    try? input?.fileHandleForWriting.close()
    try await eventually("the end of esash", within: limit) { !process.isRunning }
    return process.terminationReason == .exit
      ? process.terminationStatus : -process.terminationStatus
  }
}
