import Foundation
import Mail
import PKI
import Testing

@testable import Reports

/// Reports on the servers of a domain: scores, table, conversation, JSON, page.
@Suite struct CheckReportTests {
  private static let now = Date(timeIntervalSince1970: 1_795_543_212)

  private func server(
    _ host: String = "mx1.partner.example", without failed: ServerCheck.Step...,
    lines: [ServerCheck.Line] = []
  ) -> ServerCheck {
    let steps = ServerCheck.Step.allCases.filter { !failed.contains($0) }
    return ServerCheck(
      host: host, address: "10.0.0.1", preference: 10,
      successes: Dictionary(
        uniqueKeysWithValues: steps.map { ($0, ServerCheck.Success(time: .milliseconds(12))) }),
      lines: lines)
  }

  private func report(_ servers: ServerCheck..., columns: CheckColumns = .new) -> CheckReport {
    CheckReport(domain: "partner.example", date: Self.now, servers: servers, columns: columns)
  }

  @Test("All columns make 100", arguments: CheckColumns.allCases)
  func hundred(_ columns: CheckColumns) {
    #expect(columns.columns.reduce(0) { $0 + $1.points } == 100)
    #expect(report(server(), columns: columns).confidence == 100)
    #expect(report(server(without: .certificate), columns: columns).confidence == 90)
    #expect(report(columns: columns).confidence == 0)
  }

  @Test func aScoreIsTheSumOfTheGoodSteps() {
    let noTLS = server(without: .startTLS, .certificate, .secure)
    let deaf = ServerCheck(host: "mx2.partner.example", address: nil, preference: 20)
    #expect(report(noTLS).confidence == 40)
    #expect(report(deaf).confidence == 0)
    #expect(report(server(), noTLS, deaf).confidence == 46)
    #expect(report(server(without: .recipient)).confidence == 100)
    #expect(report(server(without: .recipient), columns: .old).confidence == 95)
  }

  @Test func theTable() {
    let text = report(
      server(), server("mx2.partner.example", without: .certificate)
    ).text(Ink(isColoured: false))
    let table = """
      TLS report for partner.example, 2026-11-24 18:00 UTC

      MX Server                          Pref  Answer     Connect    HELO       TLS        Cert       Secure     From       Score
      ---------------------------------  ----  ---------  ---------  ---------  ---------  ---------  ---------  ---------  -----
      mx1.partner.example [10.0.0.1:25]  10    OK (12ms)  OK (12ms)  OK (12ms)  OK (12ms)  OK (12ms)  OK (12ms)  OK (12ms)  100
      mx2.partner.example [10.0.0.1:25]  10    OK (12ms)  OK (12ms)  OK (12ms)  OK (12ms)  FAIL       OK (12ms)  OK (12ms)  90
      Average                                  100%       100%       100%       100%       50%        100%       100%       95

      Confidence factor: 95

      """
    #expect(text.hasPrefix(table), "\(text)")
  }

  @Test func theOldColumns() {
    let text = report(server(without: .certificate), columns: .old).text(Ink(isColoured: false))
    let heading = text.split(separator: "\n")[1]
    #expect(
      heading.split(separator: "  ").map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { !$0.isEmpty } == [
          "MX Server", "Pref", "Connect", "Allowed", "Can Use", "TLS Adv", "Cert OK", "TLS Neg",
          "Sndr OK", "Rcvr OK", "Score",
        ])
    #expect(text.contains("Confidence factor: 90"))
  }

  private let lines: [ServerCheck.Line] = [
    .init(time: .zero, kind: .note, text: "Trying TLS"),
    .init(time: .milliseconds(344), kind: .received, text: "220 \u{1B}[2J<b>hello</b>"),
    .init(time: .milliseconds(1345), kind: .sent, text: "EHLO checktls.example"),
    .init(time: .seconds(2), kind: .notVerified, text: "Cert Hostname DOES NOT VERIFY (a != b)"),
    .init(time: .seconds(61), kind: .sentEncrypted, text: "QUIT"),
    .init(time: .seconds(1234), kind: .failure, text: "The server is gone."),
  ]

  @Test func theConversation() {
    let text = report(server(lines: lines)).text(Ink(isColoured: false))
    #expect(
      text.hasSuffix(
        """

        mx1.partner.example [10.0.0.1:25]
        [000.000]      Trying TLS
        [000.344]  <-- 220 \u{FFFD}[2J<b>hello</b>
        [001.345]  --> EHLO checktls.example
                       Cert Hostname DOES NOT VERIFY (a != b)
        [061.000]  ~~> QUIT
        [1234.000]      The server is gone.

        """), "\(text)")
    let coloured = report(server(lines: lines)).text(Ink(isColoured: true))
    #expect(coloured.replacing(/\u{1B}\[\d+m/, with: "") == text)
  }

  @Test func thePageIsEscaped() {
    let page = report(server("<b>", lines: lines)).html
    #expect(!page.contains("<b>hello") && page.contains("&lt;b&gt;hello&lt;/b&gt;"))
    #expect(page.contains("<th>&lt;b&gt;<br>"))
    #expect(page.contains("<span>~~&gt;</span>") && !page.contains("\u{1B}"))
    #expect(page.contains("Confidence factor: 100"))
    for step in CheckColumns.new.columns { #expect(page.contains("<th>\(step.title)</th>")) }
  }

  @Test func programsReadJSON() async throws {
    var server = server(without: .certificate, lines: lines)
    let certificate = try await Certificate.selfSigned(
      subject: DistinguishedName(commonName: "b"), key: .generate(.p256), dnsNames: ["c"],
      notBefore: Self.now, days: 1, serialNumber: [1])
    server.encryption = ServerCheck.Encryption(
      protocolName: "TLSv1.3", cipher: "TLS_AES_256_GCM_SHA384",
      certificates: [.init(certificate: certificate, fault: "self-signed certificate")],
      isNameRight: false)
    let text = try report(server).json()
    let json = try #require(
      JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(json["confidence"] as? Int == 90)
    #expect(json["date"] as? String == "2026-11-24T18:00:12Z")
    let entry = try #require((json["servers"] as? [[String: Any]])?.first)
    let steps = try #require(entry["steps"] as? [[String: Any]])
    #expect(steps.map { $0["ok"] as? Bool } == [true, true, true, true, false, true, true])
    let tls = try #require(entry["tls"] as? [String: Any])
    #expect(tls["verified"] as? Bool == false && tls["protocol"] as? String == "TLSv1.3")
    let conversation = try #require(entry["conversation"] as? [[String: Any]])
    #expect(conversation[1]["kind"] as? String == "received")
    #expect(conversation[1]["seconds"] as? Double == 0.344)
  }
}
