import Foundation
import Peers
import Resolver
import TestSupport
import Testing

/// What Python's smtplib sees of the behaviours that differ in the conversation.
@Suite struct ConversationBehaviourTests {
  /// A behaviour, what the client sees, and how many messages the peer keeps.
  struct Case: CustomTestStringConvertible, Sendable {
    let behaviour: String
    var mails = 1
    /// Seconds for which the client waits.
    var patience = 30
    let sees: String
    var kept = 0
    var testDescription: String { behaviour }
  }

  static let cases = [
    Case(
      behaviour: "plain",
      sees: "banner 220, ehlo 502, helo 250, listed no, starttls 502, mail 250, rcpt 250, data 250,"
        + " quit 221", kept: 1),
    Case(
      behaviour: "no-starttls", mails: 2,
      sees: "banner 220, ehlo 250, listed no, starttls 502, mail 250, rcpt 250, data 250,"
        + " mail 250, rcpt 250, data 250, quit 221", kept: 2),
    Case(
      behaviour: "starttls-first-line",
      sees: "banner 220, ehlo 250, listed no, starttls 502, mail 250, rcpt 250, data 250, quit 221",
      kept: 1),
    Case(
      behaviour: "starttls-454",
      sees:
        "banner 220, ehlo 250, listed yes, starttls 454, mail 250, rcpt 250, data 250, quit 221",
      kept: 1),
    Case(
      behaviour: "starttls-5xx",
      sees:
        "banner 220, ehlo 250, listed yes, starttls 554, mail 250, rcpt 250, data 250, quit 221",
      kept: 1),
    Case(behaviour: "banner-554", sees: "banner 554"),
    Case(behaviour: "good", sees: "banner 220, ehlo 250, listed yes, starttls 220"),
    Case(behaviour: "half-close", sees: "banner 220, ehlo closed, listed no, starttls closed"),
    Case(behaviour: "reset", sees: "banner 220, ehlo 250, listed yes, starttls reset"),
    Case(behaviour: "black-hole", patience: 1, sees: "banner silent"),
  ]

  @Test("A behaviour is seen by smtplib", arguments: cases)
  func seenByPython(_ wanted: Case) async throws {
    let world = try PeerWorld()
    try await world.withPeer(wanted.behaviour) { peer in
      let seen = try await observe(peer, wanted.mails, patience: wanted.patience)
      #expect(seen == wanted.sees)
      #expect(peer.mailbox.files.count == wanted.kept)
    }
  }

  @Test("In clear, these behave as their names say", arguments: ["greylist", "drop-after-data"])
  func inClear(_ name: String) async throws {
    var inClear = try behaviour(name)
    inClear.startTLS = .missing
    let world = try PeerWorld()
    try await world.withPeer(inClear) { peer in
      let seen = try await observe(peer, 2)
      let start = "banner 220, ehlo 250, listed no, starttls 502, mail 250, rcpt "
      if name == "greylist" {
        #expect(seen == start + "451, mail 250, rcpt 250, data 250, quit 221")
      } else {
        #expect(seen == start + "250, data closed, mail closed, rcpt closed, quit closed")
      }
      // Whoever drops the connection has the message all the same.
      #expect(peer.mailbox.files == ["000001.eml"])
    }
  }

  @Test("Slow replies are whole", arguments: ["slow", "one-byte-a-second"])
  func slowly(_ name: String) async throws {
    var quicker = try behaviour(name)
    quicker.startTLS = .missing
    quicker.pace = name == "slow" ? .delayed(.milliseconds(20)) : .trickling(.milliseconds(1))
    try await PeerWorld().withPeer(quicker) { peer in
      let seen = try await observe(peer, 1)
      #expect(
        seen
          == "banner 220, ehlo 250, listed no, starttls 502, mail 250, rcpt 250, data 250, quit 221"
      )
    }
  }

  private func observe(_ peer: Peer, _ mails: Int, patience: Int = 30) async throws -> String {
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "observe.py")
    return try await OutsideProgram.run([
      "python3", script.path, "\(peer.endpoint.address)", "\(peer.endpoint.port)", "\(mails)",
      "\(patience)",
    ]).output.trimmingCharacters(in: .newlines)
  }
}
