import Foundation
import Resolver
import TestSupport
import Testing

@testable import Engine

/// The lab network's files are followed as somebody writes them, but never half of one.
@Suite struct NetworkFilesTests {
  private let zone = "mx1.partner.example. A 10.0.0.1\n"

  private func knows(_ name: String, _ world: TestWorld) async throws -> Bool {
    let zone = await world.engine.lastFiles?.zone
    let name = try #require(DomainName(name))
    return zone?.lookUp(name, .a).addresses.isEmpty == false
  }

  @Test func aFileThatIsBeingWrittenIsLeftAlone() async throws {
    // The test looks itself.
    let world = try await TestWorld(zone: zone, pollInterval: .seconds(3600))
    for text in ["", "mx1.partner", zone + "mx2.partner.example. A 10.0.0.2\n"] {
      try world.directory.write(Array(text.utf8), to: "network/zone")
      await world.engine.follow()
      #expect(try await knows("mx1.partner.example", world))
      #expect(try await !knows("mx2.partner.example", world))
    }
    await world.engine.follow()
    #expect(try await knows("mx2.partner.example", world))
    await world.end()
  }

  @Test func whatIsWrittenWithinOneTickIsNoticed() throws {
    let directory = try TemporaryDirectory()
    let files = NetworkFiles(folder: directory.path)
    let missing = files.stamp
    func stamp(_ text: String) throws -> NetworkFiles.Stamp {
      try directory.write(Array(text.utf8), to: "zone")
      try FileManager.default.setAttributes(
        [.modificationDate: Date.testMoment], ofItemAtPath: "\(directory.path)/zone")
      return files.stamp
    }
    let emptied = try stamp("")
    let filled = try stamp(zone)
    #expect(emptied.zone?.written == filled.zone?.written)
    #expect(missing != emptied && emptied != filled)
  }
}
