import Foundation
import Programs

/// A program of the machine, which looks at esash from outside or makes what it is given.
public enum OutsideProgram {
  /// How it ended and what it wrote on both streams.
  public struct Result: Sendable {
    /// Its exit status, or 128 and the signal that ended it; 124 when it took too long.
    public let status: Int32
    /// What it, and all that it started, wrote.
    public let output: String
  }

  /// Variables by which the settings of the machine are not seen.
  public static let plain = ["OPENSSL_CONF": "/dev/null", "LC_ALL": "C"]

  /// Whether a test that needs a program shall run: where it is installed, and in CI always.
  public static func isExpected(_ name: String) -> Bool { findProgram(name) != nil || isCI }

  /// Runs a program to its end.
  ///
  /// - Parameters:
  ///   - command: the program, looked for in `PATH`, and its arguments.
  ///   - input: what it reads; then its input ends.
  ///   - folder: where it runs; nil for this process's own.
  ///   - variables: what its environment has besides this process's.
  ///   - limit: after which it is killed with all that it has started.
  public static func run(
    _ command: [String], input: String = "", in folder: String? = nil,
    with variables: [String: String] = plain, within limit: Duration = .seconds(60)
  ) async throws -> Result {
    let program = program(command, folder, variables)
    return try await withInput(input) { descriptor in
      do {
        let (status, output) = try await program.output(reading: descriptor, within: limit)
        return Result(status: status, output: output)
      } catch let error as ProgramOverdue {
        return Result(status: 124, output: error.text)
      }
    }
  }

  /// As `run`, but blocks the thread: for programs that make files in a moment.
  public static func runHere(_ command: [String], in folder: String? = nil) throws -> Result {
    let (status, output) = try program(command, folder, [:])
      .outputOnThisThread(within: .seconds(60))
    return Result(status: status, output: output)
  }

  private static func program(
    _ command: [String], _ folder: String?, _ variables: [String: String]
  ) -> Program {
    Program(
      command[0], arguments: Array(command.dropFirst()),
      environment: ProcessInfo.processInfo.environment.merging(variables) { $1 }, in: folder)
  }

  /// Lends a descriptor that a text is read from.
  private static func withInput<Value>(
    _ text: String, _ body: (Int32?) async throws -> Value
  ) async throws -> Value {
    guard !text.isEmpty else { return try await body(nil) }
    let directory = try TemporaryDirectory()
    try directory.write(Array(text.utf8), to: "input")
    let file = try FileHandle(forReadingFrom: URL(filePath: directory.path("input")))
    defer { try? file.close() }
    return try await body(file.fileDescriptor)
  }
}

/// Whether a missing tool is a failure.
public let isCI = ProcessInfo.processInfo.environment["CI"] != nil
