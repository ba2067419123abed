import Foundation

/// `openssl s_server` on a port of its own; whoever starts it ends it with `stop`.
public final class OpenSSLServer {
  /// The port of 127.0.0.1 on which it listens.
  public let port: Int
  private let process = Process()
  private let input = Pipe()

  /// Starts it and waits until it listens.
  ///
  /// - Parameters:
  ///   - folder: where the files are that the arguments name.
  ///   - arguments: what follows `s_server -accept …`, divided by blanks.
  /// - Throws: `OpenSSLFailure` when it says something else than where it listens.
  public init(in folder: TemporaryDirectory, _ arguments: String) throws {
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments =
      ["openssl", "s_server", "-accept", "127.0.0.1:0"]
      + arguments.split(separator: " ").map(String.init)
    process.currentDirectoryURL = URL(filePath: folder.path)
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    process.standardError = output
    try process.run()
    var said = ""
    while !said.contains("\nACCEPT 127.0.0.1:") || !said.hasSuffix("\n") {
      let data = output.fileHandleForReading.availableData
      guard !data.isEmpty else {
        throw OpenSSLFailure(description: "openssl s_server \(arguments): \(said)")
      }
      said += String(decoding: data, as: UTF8.self)
    }
    let digits = said.split(separator: "ACCEPT 127.0.0.1:").last?.prefix(while: \.isNumber) ?? ""
    guard let port = Int(digits) else { throw OpenSSLFailure(description: said) }
    self.port = port
  }

  /// Ends it at once.
  public func stop() {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }
}
