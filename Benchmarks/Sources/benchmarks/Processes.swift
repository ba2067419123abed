import Foundation

struct Failure: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// Milliseconds that a closure takes.
func time(_ body: () throws -> Void) rethrows -> Double {
  let start = DispatchTime.now().uptimeNanoseconds
  try body()
  return Double(DispatchTime.now().uptimeNanoseconds - start) / 1e6
}

/// Milliseconds that a program takes, start to end; its failure is an error.
func timeOf(_ program: String, _ arguments: [String]) throws -> Double {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: program)
  process.arguments = arguments
  process.standardInput = FileHandle.nullDevice
  process.standardOutput = FileHandle.nullDevice
  let taken = try time {
    try process.run()
    process.waitUntilExit()
  }
  guard process.terminationStatus == 0 else {
    throw Failure("\(program) \(arguments.joined(separator: " ")) failed")
  }
  return taken
}

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

  /// Types a line and reads until a text; `after` is not part of the time.
  @discardableResult
  func ask(_ line: String, until text: String, after: () throws -> Void = {}) throws -> Double {
    let taken = try time {
      input.fileHandleForWriting.write(Data((line + "\n").utf8))
      if text.isEmpty { process.waitUntilExit() } else { try wait(for: text) }
    }
    try after()
    return taken
  }
}

/// Programs on a pseudo terminal.
enum Terminal {
  /// Milliseconds from the start of a program to its first prompt.
  ///
  /// - Parameter onError: whether the program writes its prompt to the error stream.
  static func timeToPrompt(
    _ program: String, _ arguments: [String], onError: Bool = false, prompt: String...
  ) throws -> Double {
    var main: Int32 = -1
    var other: Int32 = -1
    guard openpty(&main, &other, nil, nil, nil) == 0 else { throw Failure("no pseudo terminal") }
    defer { close(main) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    let side = FileHandle(fileDescriptor: other, closeOnDealloc: false)
    process.standardInput = side
    process.standardOutput = side
    process.standardError = onError ? side : FileHandle.nullDevice
    process.environment = ["TERM": "vt100", "PATH": "/usr/bin:/bin", "HOME": "/nonexistent"]
    var seen = ""
    let taken = try time {
      try process.run()
      var buffer = [UInt8](repeating: 0, count: 4096)
      while !prompt.contains(where: seen.hasSuffix) {
        let count = read(main, &buffer, buffer.count)
        guard count > 0 else { throw Failure("\(program) ended before its prompt") }
        seen += String(decoding: buffer[..<count], as: UTF8.self)
      }
    }
    // An interactive shell ignores SIGTERM.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    close(other)
    return taken
  }
}
