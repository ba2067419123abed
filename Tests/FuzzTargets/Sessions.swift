import Commands
import Configuration
import ConfigurationStore
import DialogueTestSupport
import Foundation
import Shell
import TestSupport

extension FuzzTarget {
  /// A session at the prompt: the first line is a command line, batch forms included, the others are
  /// answers to what it asks.
  ///
  /// Each ends, and none shows a private key. Nothing is committed, so that inputs do not hear of
  /// each other.
  static let shell = FuzzTarget(
    "shell",
    waiting: { bytes in
      let lines = bytes.split(separator: 10, omittingEmptySubsequences: false).map(\.text)
      guard !lines.contains(where: { isLasting($0) }) else { return }
      let fixture = try await SessionFixture.shared
      let terminal = ScriptedTerminal(Array(lines.dropFirst()))
      let shell = Shell(
        session: try await Session(user: "admin", store: fixture.appliance.store),
        appliance: fixture.appliance, terminal: terminal, outside: .nowhere, audit: NoAuditTrail())
      _ = await shell.run(line: lines.first ?? "")
      let screen = terminal.screen
      try require(
        !screen.contains("PRIVATE KEY-----") || bytes.text.contains("PRIVATE KEY-----"),
        "no private key is shown", screen)
      try fixture.tidyUp()
    })

  /// Whether a line could change more than its session.
  private static func isLasting(_ line: String) -> Bool {
    let line = line.lowercased()
    return ["commit", "rollback", "reset", "date", "time", "upgrade"].contains { line.contains($0) }
  }
}

extension Outside {
  fileprivate static let nowhere = {
    let nobody = Nowhere()
    return Outside(
      engine: nobody, logs: nobody, mail: nobody, names: nobody, probing: nobody, dialing: nobody,
      webService: nobody, directories: nobody)
  }()
}

/// An appliance for many sessions.
private struct SessionFixture: Sendable {
  private static let made = Task { try await SessionFixture() }

  static var shared: SessionFixture {
    get async throws { try await made.value }
  }

  private let fresh: TestAppliance
  var appliance: Appliance { fresh.appliance }

  private init() async throws { fresh = try await TestAppliance() }

  /// Removes the files that a session wrote.
  func tidyUp() throws {
    let files = appliance.files
    for name in files.names {
      try FileManager.default.removeItem(atPath: "\(files.path)/\(name)")
    }
  }
}

/// What is typed is kept by nobody.
private struct NoAuditTrail: AuditTrail {
  func record(user: String, entry: String?, prompt: String) {}
  func committed(user: String, comment: String) {}
  func record(_ event: AuthenticationEvent) {}
  func obey(_ settings: LogSettings) async {}
}
