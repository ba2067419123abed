import Addresses
import Foundation
import NIOPosix
import PKI
import Peers
import Resolver
import TestSupport
import Testing
import Transport

@testable import Mail

/// What a check of a domain finds at servers that stop at one step; the other behaviours of peers
/// are checked from outside.
@Suite struct DomainCheckTests {
  /// A slot of the lab network, and a visitor to it.
  private struct World {
    let directory: TemporaryDirectory
    let slot: LabSlot
    let map: AddressMap

    init() throws {
      directory = try TemporaryDirectory()
      slot = try LabSlot.claim()
      map = .lab(LabNetwork(slot: slot.number))
    }

    func check(zone: String = DeliveryWorld.zone, patience: Duration = .seconds(20)) async throws
      -> [ServerCheck]
    {
      let visitor = DomainCheck.Visitor(
        source: IPv4Address(bits: 0x0A00_0009), hostName: "visitor.example", authorities: [])
      return try await DomainCheck(
        by: visitor, names: Zone(masterFile: zone),
        dialer: Dialer(group: MultiThreadedEventLoopGroup.singleton, map: map),
        patience: patience
      ) { .testMoment }.servers(of: "partner.example")
    }

    /// Checks a server that answers by a script, and offers STARTTLS if asked to.
    func check(offersTLS: Bool = false, _ script: @escaping ScriptedPeer.Script) async throws
      -> (ServerCheck, commands: [String])
    {
      let peer = try await ScriptedPeer.start(map) { connection, command in
        if let answer = script(connection, command) { return answer }
        guard offersTLS, command.hasPrefix("EHLO") else { return nil }
        return .reply("250-peer.example\r\n250 STARTTLS")
      }
      let found = try await check()
      try await peer.stop()
      return (try #require(found.first), peer.commands)
    }
  }

  private let world: World

  init() throws { world = try World() }

  private func good(_ check: ServerCheck) -> [ServerCheck.Step] {
    ServerCheck.Step.allCases.filter { check.successes[$0] != nil }
  }

  private func failures(_ check: ServerCheck) -> [String] {
    check.lines.filter { $0.kind == .failure }.map(\.text)
  }

  @Test func aSilentServerOnlyAnswers() async throws {
    let lab = PeerLab(folder: world.directory.path, map: world.map) { .testMoment }
    let silent = try #require(Behaviour.named("black-hole"))
    let peer = try await lab.start(
      "mx1.partner.example", silent, at: IPv4Address(bits: 0x0A00_0001))
    let check = try #require(try await world.check(patience: .milliseconds(300)).first)
    await peer.stop()
    #expect(good(check) == [.answer])
    #expect(failures(check) == ["The conversation ends: connection timed out."])
  }

  @Test func aRefusedSender() async throws {
    let (check, commands) = try await world.check { _, command in
      command.hasPrefix("MAIL") ? .reply("550 not from there") : nil
    }
    #expect(good(check) == [.answer, .connect, .hello])
    #expect(
      failures(check) == [
        "The server does not offer STARTTLS.", "The server refuses the sender.",
      ])
    #expect(
      commands == ["EHLO visitor.example", "MAIL FROM:<postmaster@visitor.example>", "QUIT"])
  }

  @Test func aRefusedRecipient() async throws {
    let (check, commands) = try await world.check { _, command in
      command.hasPrefix("RCPT") ? .reply("450 later") : nil
    }
    #expect(good(check) == [.answer, .connect, .hello, .sender])
    #expect(failures(check).last == "The server refuses the recipient.")
    #expect(commands.suffix(2) == ["RCPT TO:<postmaster@partner.example>", "QUIT"])
  }

  @Test func noMessageFollowsARecipientThatIsTaken() async throws {
    let (check, commands) = try await world.check { _, _ in nil }
    #expect(good(check) == [.answer, .connect, .hello, .sender, .recipient])
    #expect(!commands.contains("DATA") && commands.last == "QUIT")
  }

  @Test func aServerThatLeavesAtSTARTTLSIsAskedNoMore() async throws {
    let (check, commands) = try await world.check(offersTLS: true) { _, command in
      command == "STARTTLS" ? .hangUp("421 later") : nil
    }
    #expect(good(check) == [.answer, .connect, .hello])
    #expect(failures(check) == ["The server refuses STARTTLS."])
    #expect(!commands.contains { $0.hasPrefix("MAIL") })
  }

  @Test func clearTextBehindThe220IsNoTLS() async throws {
    let (check, _) = try await world.check(offersTLS: true) { _, command in
      command == "STARTTLS" ? .reply("220 go\r\n250 injected") : nil
    }
    #expect(good(check) == [.answer, .connect, .hello])
    #expect(failures(check).first?.contains("clear text after its reply to STARTTLS") == true)
  }

  @Test func timesGoOn() async throws {
    let (check, _) = try await world.check { _, _ in nil }
    #expect(check.lines.map(\.time) == check.lines.map(\.time).sorted())
    let whole = try #require(check.lines.last).time
    #expect(check.successes.values.allSatisfy { $0.time > .zero && $0.time < whole })
  }

  @Test func aHostWithoutAnAddressIsReported() async throws {
    let zone = """
      \(DeliveryWorld.zone)
      partner.example. 60 IN MX 20 nowhere.partner.example.

      """
    let found = try await world.check(zone: zone)
    #expect(found.map(\.host) == ["mx1.partner.example", "nowhere.partner.example"])
    #expect(found.map(\.preference) == [10, 20])
    #expect(failures(found[0]) == ["No connection: connection refused."])
    #expect(found[1].address == nil)
    #expect(
      failures(found[1]) == ["DNS Hard Error looking up nowhere.partner.example (A):  NXDomain"])
  }

  @Test func aDomainThatDoesNotExistIsAnError() async throws {
    await #expect(throws: RoutingFailure.self) { try await world.check(zone: "") }
  }
}
