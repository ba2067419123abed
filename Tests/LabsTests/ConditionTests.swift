import Configuration
import Foundation
import PKI
import SMTP
import TestSupport
import Testing

@testable import Labs
@testable import Peers

/// Checks look at what is there, and say what they saw.
struct ConditionTests {
  @Test(
    "A value of the committed configuration",
    arguments: [
      (
        "{object: listener/IncomingMail, value: certificate, is: Demo}", true,
        "listener/IncomingMail certificate = Demo"
      ),
      (
        "{object: listener/IncomingMail, value: certificate, is: partner}", false,
        "listener/IncomingMail certificate = Demo"
      ),
      (
        "{object: listener/IncomingMail, value: certificate, is_not: Demo}", false,
        "listener/IncomingMail certificate = Demo"
      ),
      ("{object: destination/partner.example}", false, "destination/partner.example = (none)"),
      (
        "{object: destination/partner.example, absent: true}", true,
        "destination/partner.example = (none)"
      ),
      ("{object: interface/Data 1}", true, "interface/Data 1 = present"),
      (
        "{object: authority_lists, value: isCustomEnabled, is: no}", true,
        "authority_lists isCustomEnabled = no"
      ),
    ])
  func committed(_ text: String, _ holds: Bool, _ observed: String) async throws {
    let result = try await check("committed: \(text)").run(in: await StandInWorld())
    #expect(result == LabCheck.Result(isPassed: holds, observed: observed))
  }

  @Test func anObjectThatDoesNotExistIsTheLabsMistake() async throws {
    let check = try check("committed: {object: lister/IncomingMail}")
    await #expect(throws: LabError("\"lister/IncomingMail\" is no object of a configuration.")) {
      _ = try await check.run(in: await StandInWorld())
    }
  }

  @Test(
    "What the log says of a delivery",
    arguments: [
      (
        ["DCID 4 TLS success protocol TLSv1.2", "Message done DCID 4 MID 9 to RID [0]"], "encrypted"
      ),
      (["DCID 4 TLS success protocol TLSv1.2", "Message done DCID 5 MID 9 to RID [0]"], "clear"),
      (["New SMTP DCID 4", "Message done DCID 4 MID 9 to RID [0]"], "clear"),
      (["DCID 4 TLS failed: x", "Delayed: DCID 4 MID 9 to RID 0"], "waits"),
      (["Bounced: DCID 4 MID 9 to RID 0"], "bounced"), ([], "waits"),
    ])
  func delivered(_ lines: [String], _ outcome: String) async throws {
    var world = try await StandInWorld()
    world.lines = lines
    for candidate in ["encrypted", "clear", "waits", "bounced"] {
      let check = try check("deliver: {to: eve@partner.example, outcome: \(candidate)}")
      #expect(try await check.run(in: world).isPassed == (candidate == outcome))
    }
  }

  @Test func theLastLineThatFitsIsTold() async throws {
    var world = try await StandInWorld()
    world.lines = ["DCID 1 TLS success", "DCID 2 TLS success", "DCID 3 close"]
    #expect(
      try await check(#"log: 'DCID \d+ TLS success'"#).run(in: world)
        == LabCheck.Result(isPassed: true, observed: "DCID 2 TLS success"))
    #expect(
      try await check("log: {none: TLS success}").run(in: world)
        == LabCheck.Result(isPassed: false, observed: "DCID 2 TLS success"))
    #expect(
      try await check("log: TLS failed").run(in: world)
        == LabCheck.Result(isPassed: false, observed: "no TLS failed"))
  }

  @Test func aBackupIsOneThatLoads() async throws {
    var world = try await StandInWorld()
    let check = try check("backup: {loads: true}")
    #expect(
      try await check.run(in: world)
        == LabCheck.Result(isPassed: false, observed: "no saved configuration"))
    world.saved = [("a.xml", "It is masked.")]
    #expect(
      try await check.run(in: world)
        == LabCheck.Result(isPassed: false, observed: "a.xml: It is masked."))
    world.saved += [("b.xml", nil)]
    #expect(
      try await check.run(in: world)
        == LabCheck.Result(isPassed: true, observed: "b.xml can be loaded"))
  }

  @Test func theFirstConditionThatDoesNotHoldIsTold() async throws {
    let both = """
      committed:
        - {object: listener/IncomingMail}
        - {object: listener/Other}
      file: xml
      """
    #expect(
      try await check(both).run(in: await StandInWorld())
        == LabCheck.Result(isPassed: false, observed: "listener/Other = (none)"))
  }

  @Test func whatWasSeenStandsInTheText() throws {
    let text = LocalText(english: "Seen: {observed}.", japanese: "結果: {observed}")
    #expect(text.text(in: .english, observed: "a < b") == "Seen: a < b.")
    #expect(text.text(in: .japanese, observed: "a") == "結果: a")
  }

  private func check(_ condition: String) throws -> LabCheck {
    let texts = "{en: x, ja: y}"
    let yaml = "name: \(texts)\npass: \(texts)\nfail: \(texts)\n\(condition)\n"
    return try YAMLCheck.decode(yaml)
  }
}

/// A world without an engine, for what conditions make of what they see.
struct StandInWorld: LabWorld {
  var lines: [String] = []
  var saved: [(file: String, fault: String?)] = []
  var outcome = PeerSender.Delivery.Outcome.accepted(Reply(250, "Ok"))
  private let configuration: Configuration

  init() async throws { configuration = try .factory(pool: await .shared) }

  var now: Date { Date() }
  func trustedRoots() async throws -> [Certificate] { [] }
  func committed() async throws -> Configuration { configuration }
  func certificates(of service: LabService) async throws -> [Certificate] { [] }
  func send(_ mail: LabMail) async throws -> PeerSender.Delivery {
    PeerSender.Delivery(conversation: [], outcome: outcome)
  }
  func deliver(from sender: String, to recipient: String) async throws -> [String] { lines }
  func logLines() async throws -> [String] { lines }
  func alerts() async throws -> [String] { lines }
  func files() async throws -> [String] { lines }
  func backups() async throws -> [(file: String, fault: String?)] { saved }
}
