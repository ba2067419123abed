import Foundation
@testable import Peers
import TestSupport
import Testing

@Suite struct MailboxTests {
  private let directory: TemporaryDirectory
  private let mailbox: Mailbox

  init() throws {
    directory = try TemporaryDirectory()
    mailbox = Mailbox(directory.path("mailbox/mx1.partner.example"))
  }

  private func message(_ content: String, encryption: ReceivedMessage.Encryption? = nil)
    -> ReceivedMessage
  {
    ReceivedMessage(
      peer: "mx1.partner.example", behaviour: "good", time: .testMoment, client: "192.168.1.1",
      helo: "mail.example.com", encryption: encryption, sender: "<joe@example.com> SIZE=12",
      recipients: ["<a@partner.example>", "<b@partner.example>"], content: Array(content.utf8))
  }

  @Test func aFileShowsTheWayAndTheContent() async throws {
    let encryption = ReceivedMessage.Encryption(
      protocolName: "TLSv1.3", cipher: "TLS_AES_256_GCM_SHA384", clientSubject: "CN=mail")
    let name = try await mailbox.store(
      message("Subject: hi\r\n\r\nbye\r\n", encryption: encryption))
    #expect(name == "000001.eml")
    #expect(
      try directory.text("mailbox/mx1.partner.example/000001.eml") == """
        Peer: mx1.partner.example
        Behaviour: good
        Time: 2026-11-24T18:00:12Z
        Client: 192.168.1.1
        HELO: mail.example.com
        TLS: TLSv1.3 TLS_AES_256_GCM_SHA384
        Client-Certificate: CN=mail
        MAIL FROM: <joe@example.com> SIZE=12
        RCPT TO: <a@partner.example>
        RCPT TO: <b@partner.example>

        Subject: hi

        bye

        """)
    #expect(directory.mode("mailbox/mx1.partner.example/000001.eml") == 0o600)
  }

  @Test("What is kept comes back", arguments: ["", "\r\n", "a: b\r\n\r\n\r\nc\r\n", "no end"])
  func roundTrip(_ content: String) async throws {
    let message = message(content)
    _ = try await mailbox.store(message)
    #expect(try mailbox.messages() == [message])
  }

  @Test func twoWritersCountTogether() async throws {
    let other = Mailbox(mailbox.folder)
    for box in [mailbox, other, mailbox, other] { _ = try await box.store(message("x\r\n")) }
    #expect(mailbox.files == ["000001.eml", "000002.eml", "000003.eml", "000004.eml"])
  }

  @Test func manyAtOnceLoseNothing() async throws {
    try await withThrowingTaskGroup { group in
      for number in 0..<50 {
        group.addTask { try await mailbox.store(message("\(number)\r\n")) }
      }
      try await group.waitForAll()
    }
    #expect(Set(try mailbox.messages().map(\.content)).count == 50)
    let hidden = try FileManager.default.contentsOfDirectory(atPath: mailbox.folder)
      .filter { $0.hasPrefix(".") }
    #expect(hidden.isEmpty)
  }
}
