import ConfigurationStore
import Control
import Engine
import TestSupport
import Testing

@Suite struct ApplianceDialingTests {
  private func dialing(_ world: TestWorld) -> ApplianceDialing {
    let engine = EngineClient(directory: world.appliance.directory)
    return ApplianceDialing(
      of: world.appliance, engine: engine,
      names: ApplianceNames(of: world.appliance, engine: engine))
  }

  /// All that comes until a text is among it.
  private func text(_ connection: any RemoteConnection, until end: String) async throws -> String {
    var bytes: [UInt8] = []
    while true {
      guard case .bytes(let more) = await connection.receive(within: .seconds(20)) else {
        return String(decoding: bytes, as: UTF8.self)
      }
      bytes += more
      let text = String(decoding: bytes, as: UTF8.self)
      if text.contains(end) { return text }
    }
  }

  @Test func aConnectionIsHeldInBothDirections() async throws {
    try await withWorld { world in
      let dialing = dialing(world)
      let address = try #require(try await dialing.addresses(of: "mail.example.com").first)
      let connection = try await dialing.connect(to: address, port: 25, from: nil)
      #expect(try await text(connection, until: "\n") == "220 mail.example.com ESMTP\r\n")
      #expect(await connection.receive(within: .milliseconds(1)) == .silence)
      await connection.send("QUIT\r\n")
      #expect(try await text(connection, until: "\n") == "221 mail.example.com\r\n")
      #expect(await connection.receive(within: .seconds(20)) == .end)
      #expect(await connection.receive(within: .seconds(20)) == .end)
      await connection.close()
    }
  }

  @Test(arguments: [nil, "Data 1", "Management"])
  func itComesFromTheInterface(interface: String?) async throws {
    try await withWorld { world in
      let dialing = dialing(world)
      let connection = try await dialing.connect(to: "192.168.1.1", port: 25, from: interface)
      #expect(try await text(connection, until: "\n").hasPrefix("220 "))
      await connection.close()
      let source = interface == "Management" ? "192.168.42.42" : "192.168.1.1"
      try await eventually("the log names \(source)") {
        try await world.log.contains { $0.contains("address \(source) reverse dns host") }
      }
    }
  }

  @Test func whatCannotBeConnectedToIsTold() async throws {
    try await withWorld { world in
      let dialing = dialing(world)
      await #expect {
        try await dialing.connect(to: "10.0.0.1", port: 25, from: nil)
      } throws: { "\($0)" == "Connection refused" }
      await #expect {
        try await dialing.connect(to: "192.168.1.1", port: 25, from: "Data 9")
      } throws: { "\($0)" == "The interface has no committed IPv4 address" }
      await #expect {
        try await dialing.addresses(of: "nobody.example")
      } throws: { "\($0)" == "There is no IPv4 address of \"nobody.example\"." }
    }
  }
}
