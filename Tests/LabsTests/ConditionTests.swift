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

  @Test(
    "Which server took it",
    arguments: [
      ("10.0.0.2", true, "New SMTP DCID 5 interface 192.168.1.1 address 10.0.0.2 port 25"),
      ("10.0.0.1", false, "New SMTP DCID 5 interface 192.168.1.1 address 10.0.0.2 port 25"),
    ])
  func takenBy(_ address: String, _ holds: Bool, _ observed: String) async throws {
    var world = try await StandInWorld()
    world.lines = [
      "New SMTP DCID 4 interface 192.168.1.1 address 10.0.0.1 port 25", "DCID 4 TLS failed: x",
      "New SMTP DCID 5 interface 192.168.1.1 address 10.0.0.2 port 25", "DCID 5 TLS success",
      "Message done DCID 5 MID 9 to RID [0]",
    ]
    let check = try check("deliver: {to: eve@partner.example, outcome: encrypted, at: \(address)}")
    #expect(
      try await check.run(in: world) == LabCheck.Result(isPassed: holds, observed: observed))
  }

  @Test func aBackupLoadsAndHoldsWhatIsCommitted() async throws {
    var world = try await StandInWorld()
    let (check, loads) = try (check("backup: current"), check("backup: loads"))
    #expect(
      try await check.run(in: world)
        == LabCheck.Result(isPassed: false, observed: "no saved file"))
    var other = try await world.committed()
    other.system.hostName = "other.example.com"
    world.saved = [
      LabBackup(name: "masked.xml", configuration: .failure(LabError("It is masked.")))
    ]
    #expect(
      try await loads.run(in: world)
        == LabCheck.Result(
          isPassed: false, observed: "masked.xml cannot be loaded: It is masked."))
    world.saved.append(LabBackup(name: "old.xml", configuration: .success(other)))
    #expect(
      try await loads.run(in: world) == LabCheck.Result(isPassed: true, observed: "old.xml"))
    #expect(
      try await check.run(in: world)
        == LabCheck.Result(
          isPassed: false,
          observed: "masked.xml cannot be loaded: It is masked.; "
            + "old.xml does not hold what is committed: system"))
    world.saved.append(
      LabBackup(name: "new.xml", configuration: .success(try await world.committed())))
    #expect(
      try await check.run(in: world) == LabCheck.Result(isPassed: true, observed: "new.xml"))
  }

  @Test(arguments: [("accepted", true), ("refused", false)])
  func theWebServicesAnswer(_ outcome: String, _ isGood: Bool) async throws {
    var world = try await StandInWorld()
    let check = try check("web_service: \(outcome)")
    for answer in [true, false] {
      world.answer = LabAnswer(isGood: answer, text: "what it said")
      #expect(
        try await check.run(in: world)
          == LabCheck.Result(isPassed: answer == isGood, observed: "what it said"))
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
  var saved: [LabBackup] = []
  var answer = LabAnswer(isGood: true, text: "200 OK")
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
  func backups() async throws -> [LabBackup] { saved }
  func askWebService() async throws -> LabAnswer { answer }
}
