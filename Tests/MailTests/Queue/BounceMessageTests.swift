import Foundation
import TestSupport
import Testing

@testable import Mail

@Suite struct BounceMessageTests {
  let original = QueuedMessage(
    NewMessage(
      id: MessageID(number: 7), sender: "anna@x.example", recipients: ["ben@y.example"],
      content: [], receivedAt: .tuesday))

  private func bounce(
    _ failures: [BounceMessage.Failure], headers: String = "Subject: hello\r\n"
  ) -> BounceMessage {
    BounceMessage(
      id: MessageID(number: 8), hostName: "mail.example.com", boundary: "boundary",
      date: Date.tuesday.addingTimeInterval(3600), original: original, failures: failures,
      headers: Array(headers.utf8))
  }

  private let refused = BounceMessage.Failure(
    recipient: "ben@y.example",
    reason: BounceReason(
      status: "5.1.1 - Bad destination mailbox", code: "550", lines: ["5.1.1 <ben>", "is not here"])
  )
  private let expired = BounceMessage.Failure(
    recipient: "carl@y.example", reason: .expired(lastError: "certificate verify failed"))

  @Test func itIsWrittenAsTheStandardSays() {
    let text = String(decoding: bounce([refused, expired]).content, as: UTF8.self)
    #expect(
      text
        == """
        From: "Mail Delivery System" <MAILER-DAEMON@mail.example.com>
        To: <anna@x.example>
        Subject: Delivery Status Notification (Failure)
        Date: 24 Nov 2026 19:00:12 +0000
        Message-ID: <8.1795546812@mail.example.com>
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status;
        \tboundary="boundary"

        --boundary
        Content-Type: text/plain; charset=us-ascii

        This is the mail system of mail.example.com.

        Your message has not reached the recipients below, and delivery is not
        being tried any more. The headers of your message are attached.

        <ben@y.example>
            5.1.1 - Bad destination mailbox
            5.1.1 <ben>
            is not here

        <carl@y.example>
            5.4.7 - Delivery expired (message too old)
            certificate verify failed

        --boundary
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mail.example.com
        Arrival-Date: 24 Nov 2026 18:00:12 +0000

        Final-Recipient: rfc822; ben@y.example
        Action: failed
        Status: 5.1.1
        Diagnostic-Code: smtp; 550 5.1.1 <ben> is not here
        Last-Attempt-Date: 24 Nov 2026 19:00:12 +0000

        Final-Recipient: rfc822; carl@y.example
        Action: failed
        Status: 5.4.7
        Diagnostic-Code: x-local; 5.4.7 - Delivery expired (message too old) certificate verify failed
        Last-Attempt-Date: 24 Nov 2026 19:00:12 +0000

        --boundary
        Content-Type: text/rfc822-headers
        Content-Transfer-Encoding: 7bit

        Subject: hello

        --boundary--

        """.replacingOccurrences(of: "\n", with: "\r\n"))
  }

  @Test(
    "another reader of MIME finds the same in it",
    .enabled(if: findProgram("python3") != nil, "python3 is not installed"))
  func python() throws {
    let directory = try TemporaryDirectory()
    let headers = "Subject: gr\u{FC}n\r\nX-Long: a\r\n\tb\r\n"
    try directory.write(bounce([refused, expired], headers: headers).content, to: "bounce")
    let script = """
      import email, email.policy, sys
      m = email.message_from_binary_file(open(sys.argv[1], 'rb'), policy=email.policy.default)
      text, status, headers = m.iter_parts()
      print(m.get_content_type(), m.get_param('report-type'), m['date'].datetime.isoformat())
      print([p.get_content_type() for p in m.iter_parts()])
      for part in status.get_payload(): print(dict(part))
      print(headers.get_payload(decode=True))
      print(sum((list(p.defects) for p in m.walk()), []))
      """
    let text = try OutsideProgram.runHere(["python3", "-c", script, directory.path("bounce")])
      .output
    let lines = text.split(separator: "\n").map(String.init)
    try #require(lines.count == 7, "\(text)")
    #expect(lines[0] == "multipart/report delivery-status 2026-11-24T19:00:12+00:00")
    #expect(lines[1] == "['text/plain', 'message/delivery-status', 'text/rfc822-headers']")
    #expect(lines[2].contains("'Reporting-MTA': 'dns; mail.example.com'"))
    #expect(lines[3].contains("'Diagnostic-Code': 'smtp; 550 5.1.1 <ben> is not here'"))
    #expect(lines[4].contains("'Status': '5.4.7'"))
    // Python writes line ends in its own way.
    #expect(lines[5] == #"b'Subject: gr\xc3\xbcn\nX-Long: a\n\tb\n'"#)
    #expect(lines[6] == "[]")
  }

  @Test(
    "the status code is the reason's own, if it is one of permanent failure (RFC 3463)",
    arguments: [
      ("5.1.2 - Bad destination host", "5.1.2"), ("5.4.7 - expired", "5.4.7"),
      ("4.3.2 - busy", "5.0.0"), ("no code", "5.0.0"), ("5.1", "5.0.0"), ("5..1", "5.0.0"),
      ("5.1.2.3", "5.0.0"), ("", "5.0.0"),
    ])
  func statusCode(status: String, code: String) {
    let failure = BounceMessage.Failure(
      recipient: "a@b", reason: BounceReason(status: status, code: "000", lines: []))
    #expect(failure.statusCode == code)
  }

  @Test func wordsOfAPeerCanNeitherMakeLinesNorGrowWithoutBound() {
    let hostile = BounceMessage.Failure(
      recipient: "a@b\r\nX-Forged: yes",
      reason: BounceReason(
        status: "5.0.0\r\n--boundary--", code: "550\r\nX: y",
        lines: Array(repeating: "\u{1B}[31m\r\n\r\nX-Forged: \u{FC}" + long, count: 50)))
    let content = bounce([hostile]).content
    let lines = String(decoding: content, as: UTF8.self).components(separatedBy: "\r\n")
    #expect(!lines.contains { $0.hasPrefix("X-Forged") || $0.hasPrefix("[") })
    #expect(lines.count(where: { $0 == "--boundary--" }) == 1)
    #expect(lines.allSatisfy { $0.utf8.count <= 998 })
    #expect(content.allSatisfy { $0 < 0x80 && ($0 >= 0x20 || [9, 10, 13].contains($0)) })
    #expect(content.count < 20_000)
  }

  private let long = String(repeating: "x", count: 5000)

  @Test(
    "only headers are returned, and only whole lines of them",
    arguments: [
      ("A: b\r\nC: d\r\n\r\nbody\r\n", "A: b\r\nC: d\r\n"), ("A: b\r\n\r\n", "A: b\r\n"),
      ("A: b\r\nC: cut o", "A: b\r\n"), ("no line", ""), ("", ""), ("\r\nbody\r\n\r\nmore", ""),
    ])
  func headers(start: String, headers: String) {
    #expect(
      String(decoding: BounceMessage.headers(in: Array(start.utf8)), as: UTF8.self) == headers)
  }

  @Test func headersOfHugeMessagesAreCut() async throws {
    let world = try QueueWorld()
    let queue = try world.open()
    let header = "X-Filler: \(String(repeating: "y", count: 60))\r\n"
    let content = String(repeating: header, count: 2000) + "\r\nbody\r\n"
    let message = world.message(content: Array(content.utf8))
    try await queue.take(message)
    let settlement = try await queue.settle([message.id: [0: .bounced(refused.reason)]])
    let bounce = try #require(settlement.bounces.first)
    let text = String(decoding: try await queue.content(of: bounce.id), as: UTF8.self)
    #expect(text.utf8.count < BounceMessage.headerLimit + 3000)
    #expect(text.contains(header + header))
    #expect(text.hasSuffix("y\r\n\r\n--boundary--\r\n"))
  }
}
