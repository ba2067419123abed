import Dispatch
import Foundation
import TestSupport

/// The openssl command as an outside client.
enum OpenSSLCommand {
  struct Result {
    let status: Int32
    /// What it wrote to both outputs.
    let output: String
  }

  /// Runs `openssl s_client` with an input, which it gets at once.
  static func client(_ arguments: [String], input: String = "QUIT\r\n") async throws -> Result {
    try await run(["s_client"] + arguments, input: input)
  }

  private static func run(_ arguments: [String], input: String) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue(label: "outside").async {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments = arguments
        let stdin = Pipe()
        let output = Pipe()
        process.standardInput = stdin
        process.standardOutput = output
        process.standardError = output
        // The settings of the machine are not ours.
        process.environment = ["OPENSSL_CONF": "/dev/null", "LC_ALL": "C"]
        do {
          try process.run()
          try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
          try stdin.fileHandleForWriting.close()
          let alarm = DispatchWorkItem { process.terminate() }
          DispatchQueue.global().asyncAfter(deadline: .now() + 10, execute: alarm)
          let data = try output.fileHandleForReading.readToEnd() ?? Data()
          process.waitUntilExit()
          alarm.cancel()
          continuation.resume(
            returning: Result(
              status: process.terminationStatus, output: String(decoding: data, as: UTF8.self)))
        } catch {
          continuation.resume(throwing: error)
        }
      }
    }
  }
}
