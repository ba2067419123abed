import Addresses
import Foundation
@testable import Mail
import Resolver
import TestSupport
import Testing

@Suite struct HeaderTests {
  private func summary(_ text: String) -> HeaderSummary { HeaderSummary(of: Array(text.utf8)[...]) }

  @Test(arguments: [
    ("Subject: one\r\n\r\nSubject: two\r\n", "one", nil),
    ("SUBJECT:  \t padded \t \r\nmessage-id:<x@y>\r\n\r\n", "padded", "<x@y>"),
    ("Subject: a\r\n folded\r\n\tline\r\n\r\n", "a folded\tline", nil),
    ("Subject: one\r\nSubject: two\r\n\r\n", "one", nil),
    ("Subject: =?utf-8?q?raw?=\r\n\r\n", "=?utf-8?q?raw?=", nil),
    ("no colon here\r\nSubject: x\r\n\r\n", "x", nil),
    ("\r\nSubject: in the body\r\n", nil, nil),
    ("\r\n Subject: in the body\r\n", nil, nil),
    ("Subject:\r\n\r\n", "", nil),
    ("Subjects: x\r\nX-Subject: y\r\n\r\n", nil, nil),
    ("Subject: no end", "no end", nil),
    ("", nil, nil),
  ])
  func whatTheLogTells(text: String, subject: String?, messageID: String?) {
    let summary = summary(text)
    #expect(summary.subject == subject)
    #expect(summary.messageID == messageID)
  }

  @Test func longValuesAreCut() {
    let summary = summary("Subject: \(String(repeating: "x", count: 5000))\r\n\r\n")
    #expect(summary.subject?.utf8.count == 500)
  }

  @Test func hopsAreCounted() {
    #expect(
      summary("Received: a\r\n by b\r\nreceived: c\r\nX: y\r\n\r\nReceived: d\r\n").hops == 2)
  }

  private func received(
    name: String?, as clientName: String?, cipher: String? = nil
  ) throws -> String {
    let address = try #require(IPv4Address("10.0.0.9"))
    let host = try name.map { (name: try #require(DomainName($0)), isConfirmed: true) }
    return String(
      decoding: ReceivedHeader(
        client: SenderFacts(address, host: host, reputation: .empty), clientName: clientName,
        hostName: "mail.example.com", cipher: cipher, date: .testMoment
      ).bytes, as: UTF8.self)
  }

  @Test(arguments: [
    ("mx.b.example", "other.example", "mx.b.example (HELO other.example) "),
    ("mx.b.example", "MX.B.example", "mx.b.example "), ("mx.b.example", nil, "mx.b.example "),
    (nil, "c.example", "unknown (HELO c.example) "), (nil, nil, "unknown "),
    (nil, "a) by evil (\r\u{0}é\\", "unknown (HELO a? by evil ?????) "),
  ])
  func whoItWasReceivedFrom(name: String?, clientName: String?, expected: String) throws {
    #expect(
      try received(name: name, as: clientName)
        == "Received: from \(expected)([10.0.0.9])\r\n"
        + "  by mail.example.com with ESMTP; 24 Nov 2026 18:00:12 +0000\r\n")
  }

  @Test func theCipherIsNamed() throws {
    #expect(
      try received(name: nil, as: nil, cipher: "AES128-SHA")
        .hasSuffix(
          "\r\n  by mail.example.com with ESMTP/TLS/AES128-SHA; 24 Nov 2026 18:00:12 +0000\r\n"))
  }

  @Test func aLongNameIsCut() throws {
    let header = try received(name: nil, as: String(repeating: "x", count: 1000))
    #expect(header.split(separator: "\r\n").allSatisfy { $0.utf8.count < 400 })
  }
}
