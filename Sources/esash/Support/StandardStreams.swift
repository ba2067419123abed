import Dialogue
import Foundation
import LineEditor
import Reports

/// Tells one of esash's own troubles on stderr.
func note(_ sentence: String) {
  // A line that has hung up takes no more, and that is no reason to crash.
  try? FileHandle.standardError.write(contentsOf: Data("esash: \(sentence)\n".utf8))
}

/// Has all that was printed written.
///
/// - Throws: `CouldNotRun` when some of it could not be: whoever reads a file of it must know.
func finishOutput() throws {
  guard fflush(nil) == 0 else {
    throw CouldNotRun("The standard output cannot be written.")
  }
}

extension Ink {
  /// For what this process prints.
  static var standardOutput: Ink {
    Ink(
      isTerminal: isatty(STDOUT_FILENO) == 1, environment: ProcessInfo.processInfo.environment)
  }
}

extension Layout {
  /// For what this process prints.
  static var standardOutput: Layout {
    Layout(ink: .standardOutput, columns: WindowSize(of: STDOUT_FILENO)?.columns)
  }
}
