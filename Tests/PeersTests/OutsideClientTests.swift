import Foundation
import Peers
import Resolver
import TestSupport
import Testing
import Transport

/// Peers and sender against Postfix's tools, swaks and Python's smtplib.
@Suite struct OutsideClientTests {
  private let world: PeerWorld

  init() throws { world = try PeerWorld() }

  @Test(
    "posttls-finger at level secure verifies the good ones only",
    .enabled(if: OutsideProgram.isExpected("posttls-finger")),
    arguments: [
      ("good", "Verified TLS connection established"),
      ("wrong-chain-order", "Verified TLS connection established"),
      ("self-signed", "10025: self-signed certificate"),
      ("expired", "10025: certificate has expired"),
      ("wrong-name", "10025: num=62:hostname mismatch"),
      ("missing-intermediate", "10025: untrusted issuer"),
      ("starttls-454", "STARTTLS rejected: 454 TLS not available due to temporary reason"),
    ])
  func finger(_ name: String, _ verdict: String) async throws {
    try await world.withPeer(name) { peer in
      let result = try await OutsideProgram.run([
        "posttls-finger", "-c", "-l", "secure", "-F", world.lab.authority.rootFile,
        "[\(peer.endpoint.address)]:\(peer.endpoint.port)", PeerWorld.host,
      ])
      #expect(result.output.contains(verdict), "\(name): \(result.output)")
    }
  }

  @Test(.enabled(if: OutsideProgram.isExpected("swaks")))
  func swaksDelivers() async throws {
    try await world.withPeer("no-starttls") { peer in
      let result = try await OutsideProgram.run([
        "swaks", "--server", "\(peer.endpoint)", "--to", "eve@partner.example", "--from",
        "joe@example.com", "--helo", "swaks.example", "--body", "some text",
      ])
      #expect(result.status == 0, "\(result.output)")
      let message = try #require(try peer.mailbox.messages().first)
      #expect(message.helo == "swaks.example" && message.encryption == nil)
      #expect(String(decoding: message.content, as: UTF8.self).contains("\r\nsome text\r\n"))
    }
  }

  @Test func theInsideStoreTakesAllInClear() async throws {
    let store = try await world.lab.startInsideStore("inside.example.com", at: world.address)
    let delivery = try await PeerSender(helo: "mail.example.com").send(
      SentMessage(
        sender: "", recipients: ["ann@example.com"], subject: "in", body: "text", host: "a.example",
        at: .testMoment),
      to: world.address, port: 25, over: world.lab.dialer)
    await store.stop()
    #expect(delivery.outcome.description == "Accepted: 250 2.0.0 Ok: queued as 000001.eml")
    #expect(!delivery.conversation.contains { $0.hasSuffix("STARTTLS") })
    let message = try #require(try store.mailbox.messages().first)
    #expect(message.sender == "<> SIZE=\(message.content.count)" && message.encryption == nil)
    #expect(access(world.directory.path("mailbox/000001.eml"), R_OK) == 0)
  }

  @Test("Python delivers to whom it can verify", arguments: ["good", "wrong-name", "expired"])
  func pythonDelivers(_ name: String) async throws {
    try await world.withPeer(name) { peer in
      let result = try await OutsideProgram.run([
        "python3", "-c",
        """
        import smtplib, ssl, sys
        client = smtplib.SMTP(sys.argv[1], int(sys.argv[2]), "python.example")
        client._host = sys.argv[3]
        client.starttls(context=ssl.create_default_context(cafile=sys.argv[4]))
        client.sendmail("joe@example.com", ["eve@partner.example"], "Subject: hi\\n\\nsome text\\n")
        client.quit()
        """, "\(peer.endpoint.address)", "\(peer.endpoint.port)", PeerWorld.host,
        world.lab.authority.rootFile,
      ])
      #expect((result.status == 0) == (name == "good"), "\(result.output)")
      #expect(result.output.contains("CERTIFICATE_VERIFY_FAILED") == (name != "good"))
      let messages = try peer.mailbox.messages()
      #expect(messages.map(\.helo) == (name == "good" ? ["python.example"] : []))
      #expect(messages.allSatisfy { $0.encryption?.protocolName == "TLSv1.3" })
    }
  }

  @Test(.enabled(if: OutsideProgram.isExpected("smtp-sink")))
  func theSenderDeliversToTheSink() async throws {
    let dump = world.directory.path("dump")
    try FileManager.default.createDirectory(atPath: dump, withIntermediateDirectories: false)
    for path in [world.directory.path, dump] { chmod(path, 0o777) }
    let endpoint = world.lab.map.endpoint(of: world.address, port: 25)
    let sink = Process()
    sink.executableURL = URL(filePath: try #require(findProgram("smtp-sink")))
    sink.arguments =
      (geteuid() == 0 ? ["-u", "nobody"] : []) + ["-d", "\(dump)/mail", "\(endpoint)", "10"]
    try sink.run()
    // It may have been started with other signals blocked.
    defer { kill(sink.processIdentifier, SIGKILL) }
    let message = SentMessage(
      sender: "joe@example.com", recipients: ["eve@partner.example"], subject: "to the sink",
      body: ".a dot", host: "sender.example", at: .testMoment)
    var delivery: PeerSender.Delivery?
    try await eventually("the sink listens") {
      delivery = try await PeerSender(helo: "sender.example").send(
        message, to: world.address, port: 25,
        over: world.lab.dialer)
      if case .accepted = delivery?.outcome { return true }
      return false
    }
    #expect(delivery?.outcome.description == "Accepted: 250 2.0.0 Ok")
    let files = try FileManager.default.contentsOfDirectory(atPath: dump)
    let text = try String(contentsOfFile: "\(dump)/\(#require(files.first))", encoding: .utf8)
    #expect(text.contains("X-Helo-Args: sender.example\n"))
    #expect(text.contains("X-Mail-Args: <joe@example.com>"))
    #expect(text.contains("\nSubject: to the sink\n"))
    #expect(text.contains("\n\n.a dot\n"))
  }
}
