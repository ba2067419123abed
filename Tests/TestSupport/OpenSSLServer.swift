import Foundation
import Synchronization

/// `openssl s_server` on a port of its own; whoever starts it ends it with `stop`.
public final class OpenSSLServer {
  /// The port on which it listens.
  public let port: Int
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private let said = Said()

  /// Starts it and waits until it listens.
  ///
  /// - Parameters:
  ///   - folder: where the files are that the arguments name.
  ///   - place: address and port; by default a free port of 127.0.0.1.
  ///   - arguments: what follows `s_server -accept …`, divided by blanks.
  /// - Throws: `OpenSSLFailure` when it says something else than where it listens.
  public init(in folder: TemporaryDirectory, at place: String = "127.0.0.1:0", _ arguments: String)
    throws
  {
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments =
      ["openssl", "s_server", "-accept", place]
      + arguments.split(separator: " ").map(String.init)
    process.currentDirectoryURL = URL(filePath: folder.path)
    process.standardInput = input
    process.standardOutput = output
    process.standardError = output
    try process.run()
    // It tells its port where that was its own choice only.
    let chosen = place.split(separator: ":").last.flatMap { Int($0) } ?? 0
    let sign = "\nACCEPT" + (chosen == 0 ? " 127.0.0.1:" : "")
    var said = "\n"
    while !said.contains(sign) || !said.hasSuffix("\n") {
      let data = output.fileHandleForReading.availableData
      guard !data.isEmpty else {
        throw OpenSSLFailure(description: "openssl s_server \(arguments): \(said)")
      }
      said += String(decoding: data, as: UTF8.self)
    }
    let digits = said.split(separator: sign).last?.prefix(while: \.isNumber) ?? ""
    guard let port = chosen == 0 ? Int(digits) : chosen else {
      throw OpenSSLFailure(description: said)
    }
    self.port = port
    listen()
  }

  /// What it has said since it listens, such as the certificates of its clients.
  public var text: String { said.text.withLock { $0 } }

  /// Has it send a text to the client that it talks to, or to the next one.
  public func send(_ text: String) throws {
    try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
  }

  /// Ends it at once.
  public func stop() {
    output.fileHandleForReading.readabilityHandler = nil
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  private func listen() {
    output.fileHandleForReading.readabilityHandler = { [said] handle in
      let data = handle.availableData
      if data.isEmpty { handle.readabilityHandler = nil }
      said.text.withLock { $0 += String(decoding: data, as: UTF8.self) }
    }
  }

  /// What has come, from whatever thread.
  private final class Said: Sendable {
    let text = Mutex("")
  }
}
