import Foundation

/// A program that is talked to over pipes.
final class PipeSession {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private var unread = ""

  init(_ program: String, _ arguments: [String]) throws {
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
  }

  /// Reads until a text has come.
  func wait(for text: String) throws {
    while true {
      if let range = unread.range(of: text) {
        unread = String(unread[range.upperBound...])
        return
      }
      let data = output.fileHandleForReading.availableData
      guard !data.isEmpty else { throw Failure("the session ended before \"\(text)\"") }
      unread += String(decoding: data, as: UTF8.self)
    }
  }

  /// Types a line and reads until a text; gives the seconds that it took.
  @discardableResult
  func ask(_ line: String, until text: String) throws -> Double {
    try time {
      input.fileHandleForWriting.write(Data((line + "\n").utf8))
      if text.isEmpty { process.waitUntilExit() } else { try wait(for: text) }
    }
  }
}
