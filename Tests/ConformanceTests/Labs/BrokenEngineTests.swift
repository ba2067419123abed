import Configuration
import ConfigurationStore
import Foundation
import Labs
import PKI
import TestSupport
import Testing

@testable import esash

/// A lab is passed by what the outside meets: where the engine does not do what was committed, the
/// checks fail and tell what was met, however right the configuration is.
@Suite(.serialized) struct BrokenEngineTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  /// A lab that its model solution has solved.
  private func solved(_ name: String) async throws -> BegunLab {
    let begun = BegunLab(
      lab: try LabProofTests.catalogue.get()[name], folder: URL(filePath: directory.path(name)),
      program: try esashBinary)
    try await begun.play(begun.lab.solution)
    return begun
  }

  /// What a learner is told.
  private func told(_ begun: BegunLab, _ results: [LabCheck.Result]) -> String {
    CheckedLab(begun.lab, called: begun.name, results, .english, isSecret: false).text()
  }

  @Test func anotherServerAtTheListenersAddressIsToldByItsCertificate() async throws {
    let begun = try await solved("missing-intermediate")
    let appliance = try await begun.open()
    let server = try await EngineStandIn(of: appliance, at: "IncomingMail", "self-signed")
    let results = try await begun.check()
    await server.stop()

    #expect(results.map(\.isPassed) == [false, false])
    let text = told(begun, results)
    #expect(
      text.contains(
        "CN=mail.example.com, issuer mail.example.com, 1 sent: self-signed certificate"),
      "\(text)")
    #expect(text.contains("A sender who verifies gives up: Failed: "), "\(text)")
    // Nothing is wrong with what was committed.
    let committed = try await appliance.store.committed().configuration
    #expect(committed.listeners["IncomingMail"]?.certificate == "mail")
    let profile = try #require(committed.certificates["mail"])
    let root = try Certificate(
      pem: String(contentsOfFile: "\(appliance.networkFolder)/ca/root.pem", encoding: .utf8))
    #expect(
      try TrustStore(authorities: [root]).verify(
        leaf: profile.certificate, intermediates: profile.intermediates,
        at: appliance.environment.calendar.now, hostName: "mail.example.com"
      ).failures.isEmpty)
    // And with the engine back, it is passed.
    #expect(try await begun.check().allSatisfy(\.isPassed))
  }

  @Test func deliveriesThatAreStoppedAreToldByTheConnectionThatIsNotMade() async throws {
    let begun = try await solved("authority-not-enabled")
    #expect(try await run("suspenddel 0", on: begun).contains("Mail delivery suspended."))
    let results = try await begun.check()

    // The second check looks at the configuration alone.
    #expect(results.map(\.isPassed) == [false, true])
    let text = told(begun, results)
    #expect(text.contains("It does not arrive: no connection was made."), "\(text)")
    let committed = try await begun.open().store.committed().configuration
    #expect(committed[AuthorityLists.self].isCustomEnabled)

    #expect(try await run("resumedel", on: begun).contains("Mail delivery resumed."))
    #expect(try await begun.check().allSatisfy(\.isPassed))
  }

  private func run(_ command: String, on begun: BegunLab) async throws -> String {
    let process = try EsashProcess(
      ["run", "--engine", "--appliance", begun.appliance, "-c", command], input: "")
    #expect(try await process.wait() == 0, "\(process.errors)")
    return process.output
  }
}
