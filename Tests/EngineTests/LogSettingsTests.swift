import Configuration
import ConfigurationStore
import Foundation
import TestSupport
import Testing

/// What `logconfig` sets holds for the mail log with the commit.
@Suite struct LogSettingsTests {
  private func files(_ world: TestWorld, _ name: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: world.appliance.logFolder)
      .filter { $0.hasPrefix("\(name).") }.sorted()
  }

  private func content(_ world: TestWorld, _ file: String) throws -> String {
    try String(contentsOfFile: "\(world.appliance.logFolder)/\(file)", encoding: .utf8)
  }

  private func talk(_ world: TestWorld) async throws {
    let client = try await world.connect()
    _ = try await client.reply()
    _ = try await client.command("QUIT")
  }

  @Test func sizeAndNumberOfFilesAreObeyedWithTheCommit() async throws {
    try await withWorld { configuration in
      configuration.log.subscriptions[2].rolloverSize = 10 << 20
    } _: { world in
      try await world.commit { configuration in
        configuration.log.subscriptions[2].rolloverSize = LogSubscription.sizes.lowerBound
        configuration.log.subscriptions[2].maximumFiles = 3
      }
      // A connection writes about 400 bytes: this fills more files than are kept.
      try await withThrowingTaskGroup { group in
        for _ in 0..<5 {
          group.addTask { for _ in 0..<240 { try await talk(world) } }
        }
        try await group.waitForAll()
      }
      try await eventually("the log to roll over") { try files(world, "mail").count == 3 }
      for file in try files(world, "mail") {
        #expect(try content(world, file).utf8.count <= LogSubscription.sizes.lowerBound)
      }
    }
  }

  @Test func subscriptionsComeAndGoAndTakeWhatTheirLevelLetsThrough() async throws {
    try await withWorld { _ in
    } _: { world in
      try await world.commit { configuration in
        configuration.log.subscriptions += [
          LogSubscription(name: "second", type: .mail, file: "second"),
          LogSubscription(name: "warnings", type: .mail, file: "warnings", level: .warning),
        ]
      }
      try await talk(world)
      try await eventually("the second log to tell of the connection") {
        try content(world, "second.current").contains("New SMTP ICID 1 ")
      }
      #expect(try content(world, "mail.current").contains("New SMTP ICID 1 "))
      #expect(try !content(world, "warnings.current").contains("ICID"))
      try await world.commit { $0.log.subscriptions.removeAll { $0.file == "second" } }
      try await talk(world)
      try await eventually("the log to tell of the second connection") {
        try content(world, "mail.current").contains("ICID 2 close")
      }
      #expect(try !content(world, "second.current").contains("ICID 2 "))
    }
  }
}
