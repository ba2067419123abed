import Files
import Foundation

/// The files of subcommands: what they are handed, and what they hand out.
enum CommandFiles {
  /// Reads a file; `-` is the standard input.
  ///
  /// - Throws: `CouldNotRun`.
  static func read(_ path: String) throws -> [UInt8] {
    if path == "-" { return [UInt8](FileHandle.standardInput.readDataToEndOfFile()) }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw CouldNotRun("\(path) cannot be read.")
    }
    return [UInt8](data)
  }

  /// Writes a file with mode 0600, or to the standard output.
  ///
  /// - Parameters:
  ///   - path: nil for the standard output.
  ///   - isBinary: whether a terminal could make no sense of it.
  /// - Throws: `CouldNotRun`.
  static func write(_ bytes: [UInt8], to path: String?, isBinary: Bool = false) throws {
    guard let path else {
      if isBinary, isatty(STDOUT_FILENO) == 1 {
        throw CouldNotRun("Binary data does not go to a terminal; name a file with --out.")
      }
      do { return try PrivateFile.write(bytes, to: STDOUT_FILENO, path: "-") } catch {
        throw unwritable("The standard output", error.code)
      }
    }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw unwritable(path, errno) }
    defer { close(descriptor) }
    do {
      try PrivateFile.write(bytes, to: descriptor, path: path)
    } catch {
      throw unwritable(path, error.code)
    }
  }

  private static func unwritable(_ path: String, _ code: Int32) -> CouldNotRun {
    CouldNotRun("\(path) cannot be written: \(String(cString: strerror(code))).")
  }
}
