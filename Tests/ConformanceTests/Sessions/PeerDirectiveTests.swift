import Foundation
import TestSupport
import Testing
import Transcripts

@testable import esash

/// What `%peer` and `%mail` say when they cannot be carried out: a sentence, and status 2.
@Suite struct PeerDirectiveTests {
  private static let rejected =
    "Refused: 550 #5.1.0 Address rejected."

  @Test(
    "A directive that fails says why",
    arguments: [
      ("%peer mx1.partner.example nonsense", "There is no behaviour \"nonsense\""),
      ("%peer nowhere.example good", "The lab's zone knows no address of nowhere.example."),
      ("%mail a@partner.example b@other.example", "The message was not taken. \(rejected)"),
      (
        "%mail a@partner.example b@example.com refused",
        "The message was taken. Accepted: 250 ok:  Message 1 accepted"
      ),
      ("%mail a@b.example c@example.com --tls strict", "There is no demand \"strict\""),
      ("%mail a@b.example c@example.com --protocol 2.0", "There is no TLS 2.0"),
      ("%mail a@b.example c@example.com --listener Other", "There is no listener \"Other\""),
      ("%mail a@b.example c@example.com --client-cert no.pem", "no.pem cannot be read."),
      ("%mail a@b.example c@example.com --from-ip here", "\"here\" is not an IPv4 address."),
      ("%mail a@b.example c@example.com --strange", "Unknown option '--strange'"),
    ])
  func troubles(_ directive: String, _ sentence: String) async throws {
    let report = try await replay("---\nengine: true\n---\n\(directive)\n...\nmail.example.com>\n")
    #expect(report.exitStatus == 2)
    #expect(report.text.contains(sentence), "\(report.text)")
  }

  @Test(
    "Without an engine there is nobody to talk to", arguments: ["%peer a good", "%mail a@b c@d"])
  func withoutEngine(_ directive: String) async throws {
    let report = try await replay("\(directive)\n...\nmail.example.com>\n")
    #expect(report.exitStatus == 2)
    #expect(report.text.contains("needs \"engine: true\"."), "\(report.text)")
  }

  private func replay(_ text: String) async throws -> ReplayReport {
    let folder = try TemporaryDirectory()
    try folder.write(Array(text.utf8), to: "peers.transcript")
    return await Replayer(options: Replayer.Options()) { try ReplayBench() }
      .replay([folder.path("peers.transcript")])
  }
}
