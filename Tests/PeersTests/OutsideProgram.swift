import Foundation
import TestSupport

/// A program of the machine that looks at a peer from outside.
enum OutsideProgram {
  /// Whether a test that needs a program shall run: where it is installed, and in CI always.
  static func isExpected(_ name: String) -> Bool {
    findProgram(name) != nil || ProcessInfo.processInfo.environment["CI"] != nil
  }

  /// Runs a program to its end.
  ///
  /// - Parameters:
  ///   - command: the program and its arguments.
  ///   - input: what it reads; then its input ends.
  /// - Returns: its status and what it wrote on both streams.
  static func run(_ command: [String], input: String = "", within limit: Duration = .seconds(30))
    async throws -> (status: Int32, output: String)
  {
    let process = Process()
    let (stdin, stdout) = (Pipe(), Pipe())
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    process.standardInput = stdin
    process.standardOutput = stdout
    process.standardError = stdout
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["OPENSSL_CONF": "/dev/null", "LC_ALL": "C"]
    ) { $1 }
    try process.run()
    try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try stdin.fileHandleForWriting.close()
    let killer = Task { [identifier = process.processIdentifier] in
      try await Task.sleep(for: limit)
      kill(identifier, SIGKILL)
    }
    defer { killer.cancel() }
    // Reading blocks, so it has a thread of its own.
    let data = await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(returning: stdout.fileHandleForReading.readDataToEndOfFile())
      }
    }
    process.waitUntilExit()
    let status = process.terminationReason == .exit ? process.terminationStatus : -1
    return (status, String(decoding: data, as: UTF8.self))
  }

  /// What `openssl s_client` says of a peer.
  static func openssl(_ peer: String, _ arguments: [String] = []) async throws -> String {
    try await run(
      ["openssl", "s_client", "-starttls", "smtp", "-connect", peer, "-nameopt", "RFC2253"]
        + arguments, input: "QUIT\r\n"
    ).output
  }
}
