import Control
import Dispatch
import Foundation
import Synchronization

/// Programs as outside clients.
///
/// They are started by posix_spawn: Foundation's `Process` reads past the end of a buffer when the
/// process has many files open, which engines do.
enum OutsideCommand {
  struct Result {
    let status: Int32
    /// What it wrote to both outputs.
    let output: String
  }

  /// Runs a program of `/usr/bin` with an input, which it gets at once.
  static func run(_ name: String, _ arguments: [String], input: String = "") async throws
    -> Result
  {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue(label: name).async {
        continuation.resume(with: Swift.Result { try run([name] + arguments, input) })
      }
    }
  }

  private static func run(_ arguments: [String], _ input: String) throws -> Result {
    // One at a time: a pipe must not be seen by another's child before it is marked.
    let (process, stdin, stdout) = try starting.withLock { _ in try start(arguments) }
    let bytes = Array(input.utf8)
    let written = write(stdin, bytes, bytes.count)
    close(stdin)
    defer { close(stdout) }
    guard written == bytes.count else {
      throw Surprise("\(arguments[0]) does not read: \(errno)")
    }
    var status: Int32 = 0
    let output = readAll(stdout) { kill(process, SIGKILL) }
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return Result(status: status, output: String(decoding: output, as: UTF8.self))
  }

  private static let starting = Mutex(())

  private static func start(_ arguments: [String]) throws -> (pid_t, stdin: Int32, stdout: Int32) {
    let stdin = try pipe()
    let stdout = try pipe()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, stdin.reading, 0)
    posix_spawn_file_actions_adddup2(&actions, stdout.writing, 1)
    posix_spawn_file_actions_adddup2(&actions, stdout.writing, 2)
    // The settings of the machine are not ours.
    let environment = ["OPENSSL_CONF=/dev/null", "LC_ALL=C", "PATH=/usr/bin:/bin"]
    var process: pid_t = 0
    let result = withPointers(arguments) { pointers in
      withPointers(environment) { environment in
        posix_spawn(&process, "/usr/bin/\(arguments[0])", &actions, nil, pointers, environment)
      }
    }
    close(stdin.reading)
    close(stdout.writing)
    guard result == 0 else { throw Surprise("\(arguments[0]) cannot be started: \(result)") }
    return (process, stdin.writing, stdout.reading)
  }

  /// Everything until the end; what lasts longer than 10 s is given up.
  private static func readAll(_ descriptor: Int32, orGiveUp giveUp: () -> Void) -> [UInt8] {
    let deadline = ContinuousClock.now + .seconds(60)
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16_384)
    while true {
      var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      if Foundation.poll(&poll, 1, 100) > 0 {
        let count = read(descriptor, &buffer, buffer.count)
        guard count > 0 else { return all }
        all += buffer[..<count]
      } else if ContinuousClock.now > deadline {
        giveUp()
        return all
      }
    }
  }

  private static func pipe() throws -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [0, 0]
    guard Foundation.pipe(&ends) == 0 else { throw Surprise("no pipe: \(errno)") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  private static func withPointers(
    _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Int32
  ) -> Int32 {
    let pointers = texts.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    return pointers.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map(body) ?? EINVAL
    }
  }
}

/// The openssl command as an outside client.
enum OpenSSLCommand {
  /// Runs `openssl s_client` with an input, which it gets at once.
  static func client(_ arguments: [String], input: String = "QUIT\r\n") async throws
    -> OutsideCommand.Result
  { try await OutsideCommand.run("openssl", ["s_client"] + arguments, input: input) }
}
