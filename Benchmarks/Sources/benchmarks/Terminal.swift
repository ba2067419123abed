import Foundation

/// A program on a pseudo terminal; it is killed with its last reference.
final class Terminal {
  private let process = Process()
  private var main: Int32 = -1
  private var other: Int32 = -1
  private var seen = ""

  /// Starts a program.
  ///
  /// - Parameter onError: whether it writes its prompt to the error stream.
  init(_ program: String, _ arguments: [String], onError: Bool = false) throws {
    guard openpty(&main, &other, nil, nil, nil) == 0 else { throw Failure("no pseudo terminal") }
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    let side = FileHandle(fileDescriptor: other, closeOnDealloc: false)
    process.standardInput = side
    process.standardOutput = side
    process.standardError = onError ? side : FileHandle.nullDevice
    process.environment = ["TERM": "vt100", "PATH": "/usr/bin:/bin", "HOME": "/nonexistent"]
    for descriptor in [main, other] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    try process.run()
  }

  deinit {
    // An interactive shell ignores SIGTERM.
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    close(main)
    close(other)
  }

  /// The process and its children.
  var processes: ProcessTree { ProcessTree(root: process.processIdentifier) }

  /// Reads until one of the prompts is the last that was written.
  func wait(for prompts: [String]) throws {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while !prompts.contains(where: seen.hasSuffix) {
      let count = read(main, &buffer, buffer.count)
      guard count > 0 else { throw Failure("the program ended before its prompt") }
      seen += String(decoding: buffer[..<count], as: UTF8.self)
    }
  }

  /// Types a line and waits for a prompt.
  ///
  /// - Returns: milliseconds until it came.
  func ask(_ line: String, until prompt: String) throws -> Double {
    seen = ""
    return try time {
      let bytes = Array("\(line)\r".utf8)
      guard write(main, bytes, bytes.count) == bytes.count else { throw Failure("cannot type") }
      try wait(for: [prompt])
    }
  }

  /// Milliseconds from the start of a program to its first prompt.
  static func timeToPrompt(
    _ program: String, _ arguments: [String], onError: Bool = false, prompt: String...
  ) throws -> Double {
    // Its end is no part of the time.
    var terminal: Terminal?
    defer { terminal = nil }
    return try time {
      terminal = try Terminal(program, arguments, onError: onError)
      try terminal?.wait(for: prompt)
    }
  }
}
