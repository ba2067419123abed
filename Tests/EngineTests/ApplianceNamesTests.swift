import Configuration
import Control
import Engine
import Foundation
import Resolver
import TestSupport
import Testing

@Suite struct ApplianceNamesTests {
  private func write(_ zone: String, _ world: TestAppliance) throws {
    try world.directory.write(Array(zone.utf8), to: "appliance/network/zone")
  }

  @Test func inTheLabTheZoneAnswersAsItsFileIsNow() async throws {
    let world = try await TestAppliance()
    let names = ApplianceNames(of: world.appliance, engine: Nowhere())
    #expect(try await names.lookUp("mx1.partner.example", .a).records.map(\.data) == ["10.0.0.1"])
    try write("mx1.partner.example. 90 A 10.0.0.7", world)
    let answer = try await names.lookUp("mx1.partner.example", .a)
    #expect(answer.records == [NameRecord(data: "10.0.0.7", ttl: 90)])
  }

  @Test func dataAreWrittenAsInAMasterFile() async throws {
    let world = try await TestAppliance()
    try write(
      """
      $ORIGIN example.
      @ SOA ns hostmaster 7 3600 600 604800 300
      @ NS ns
      @ MX 10 mx
      mx AAAA 2001:db8::1
      www CNAME mx
      text TXT "two words" "a \\"quote\\""
      _25._tcp.mx TLSA 3 1 1 00ff
      1.0.0.10.in-addr.arpa. PTR mx
      """, world)
    let names = ApplianceNames(of: world.appliance, engine: Nowhere())
    let expected: [(String, NameRecord.Kind, String)] = [
      ("example", .soa, "ns.example hostmaster.example 7 3600 600 604800 300"),
      ("example", .ns, "ns.example"), ("example", .mx, "10 mx.example"),
      ("mx.example", .aaaa, "2001:db8::1"), ("www.example", .cname, "mx.example"),
      ("text.example", .txt, #""two words" "a \"quote\"""#),
      ("_25._tcp.mx.example", .tlsa, "3 1 1 00ff"), ("10.0.0.1", .ptr, "mx.example"),
    ]
    for (name, kind, data) in expected {
      #expect(try await names.lookUp(name, kind).records.map(\.data) == [data])
    }
  }

  @Test func whatIsNotThereIsTold() async throws {
    let world = try await TestAppliance()
    try write("example. A 10.0.0.1\nbad.example. A 10.0.0.2 ; dnssec=bogus", world)
    let names = ApplianceNames(of: world.appliance, engine: Nowhere())
    #expect(try await names.lookUp("example", .mx).nameExists)
    #expect(try await !names.lookUp("nobody.example", .a).nameExists)
    #expect(try await names.lookUp("bad.example", .a).isBogus)
    await #expect { try await names.lookUp("10.0.0.1", .a) } throws: {
      "\($0)" == "An address has PTR records only."
    }
    await #expect { try await names.lookUp("a..b", .a) } throws: {
      "\($0)" == "\"a..b\" is not a name."
    }
  }

  @Test func aZoneThatCannotBeReadIsTold() async throws {
    let world = try await TestAppliance()
    try write("example. A 10.0.0", world)
    let names = ApplianceNames(of: world.appliance, engine: Nowhere())
    await #expect { try await names.lookUp("example", .a) } throws: {
      "\($0)" == "Line 1 of the zone: \"10.0.0\" is not an IPv4 address."
    }
  }

  @Test func onTheRealNetworkTheCommittedServersAnswer() async throws {
    let server = try LoopbackNameServer(.answers(0x0A00_0009))
    defer { server.stop() }
    let world = try await TestAppliance()
    try await TestWorld.commit(world.store) { configuration in
      configuration.dns.domains = [.init(domain: "corp", servers: [server.address])]
    }
    let names = ApplianceNames(of: world.appliance, engine: RealNetworkEngine())
    for _ in 0..<2 {
      #expect(try await names.lookUp("www.corp", .a).records.map(\.data) == ["10.0.0.9"])
    }
    #expect(server.questions == 1)
    await names.flush()
    #expect(try await names.lookUp("www.corp", .a).records.map(\.data) == ["10.0.0.9"])
    #expect(server.questions == 2)
  }
}

/// An engine that says that it serves the real network.
private struct RealNetworkEngine: EngineControl {
  func ask(_ request: EngineRequest) async -> EngineReply? {
    .done {
      $0.addresses = EngineAddresses(services: [], slot: nil, stranger: nil)
    }
  }
}
