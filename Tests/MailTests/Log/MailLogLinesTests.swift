import Addresses
import Configuration
@testable import Mail
import PKI
import Resolver
import TLS
import Testing
import Transport

@Suite struct MailLogLinesTests {
  private let id = InjectionConnectionID(number: 590_125_205)

  @Test func aConnectionWithAConfirmedName() throws {
    let zone = try Zone(
      masterFile: "1.0.0.10.in-addr.arpa. PTR mail.example.com.\nmail.example.com. A 10.0.0.1")
    let address = try #require(IPv4Address("10.0.0.1"))
    let sender = SenderFacts(
      address, host: zone.hostName(of: address),
      reputation: try ReputationTable("10.0.0.1 -1.1"))
    #expect(
      MailLogLines.newConnection(
        id, interface: "Data 1", address: try #require(IPv4Address("192.168.1.1")),
        sender: sender)
        == "New SMTP ICID 590125205 interface Data 1 (192.168.1.1) address 10.0.0.1"
        + " reverse dns host mail.example.com verified yes")
    let decision = AccessTable.Decision(
      behavior: .accept, group: "SUSPECTLIST", match: "sbrs[-1.4:2.0]",
      parameters: PolicyParameters())
    #expect(
      MailLogLines.decision(id, decision, sender)
        == "ICID 590125205 ACCEPT SG SUSPECTLIST match sbrs[-1.4:2.0] SBRS -1.1")
  }

  @Test(arguments: [("8.8.8.8", "None"), ("192.168.1.9", "rfc1918")])
  func aConnectionWithoutScore(address: String, expected: String) throws {
    let sender = SenderFacts(
      try #require(IPv4Address(address)), host: nil, reputation: .empty)
    let decision = AccessTable.Decision(
      behavior: .accept, group: nil, match: "ALL", parameters: PolicyParameters())
    #expect(
      MailLogLines.decision(id, decision, sender)
        == "ICID 590125205 ACCEPT SG None match ALL SBRS \(expected)")
  }

  @Test func whatTLSNegotiated() {
    #expect(
      MailLogLines.tlsSuccess(id, protocolName: "TLSv1", cipher: "DHE-RSA-AES256-SHA")
        == "ICID 590125205 TLS success protocol TLSv1 cipher DHE-RSA-AES256-SHA")
  }

  // Reason numbers of OpenSSL 3, and what OpenSSL 1.0 made of them.
  @Test(arguments: [
    (156, "(336027804, 'error:1407609C:SSL routines:SSL23_GET_CLIENT_HELLO:http request')"),
    (258, "(336027900, 'error:140760FC:SSL routines:SSL23_GET_CLIENT_HELLO:unknown protocol')"),
    (193, "(336109761, 'error:1408A0C1:SSL routines:SSL3_GET_CLIENT_HELLO:no shared cipher')"),
    (
      1040,
      "(336151568, 'error:14094410:SSL routines:SSL3_READ_BYTES:sslv3 alert handshake failure')"
    ),
    (
      1042,
      "(336151570, 'error:14094412:SSL routines:SSL3_READ_BYTES:sslv3 alert bad certificate')"
    ),
    (
      1045,
      "(336151573, 'error:14094415:SSL routines:SSL3_READ_BYTES:sslv3 alert certificate expired')"
    ),
    (
      1046,
      "(336151574, 'error:14094416:SSL routines:SSL3_READ_BYTES:sslv3 alert certificate unknown')"
    ),
    (1048, "(336151576, 'error:14094418:SSL routines:SSL3_READ_BYTES:tlsv1 alert unknown ca')"),
    (
      1070,
      "(336151598, 'error:1409442E:SSL routines:SSL3_READ_BYTES:tlsv1 alert protocol version')"
    ),
    (
      199,
      "(336105671, 'error:140890C7:SSL routines:SSL3_GET_CLIENT_CERTIFICATE:peer did not return"
        + " a certificate')"
    ),
  ])
  func anErrorOfAServerInOldForm(reason: UInt, expected: String) {
    #expect(text(reason, .server) == expected)
  }

  @Test(arguments: [
    (TLSContext.Role.client, true, 0x1408_F10B, "SSL3_GET_RECORD:wrong version number"),
    (.server, true, 0x1408_F10B, "SSL3_GET_RECORD:wrong version number"),
    (.server, false, 0x1407_60FC, "SSL23_GET_CLIENT_HELLO:unknown protocol"),
  ])
  func bytesThatAreNoRecord(
    role: TLSContext.Role, hadAnswered: Bool, number: Int, reason: String
  ) {
    let hexadecimal = String(number, radix: 16, uppercase: true)
    #expect(
      text(267, role, hadAnswered: hadAnswered)
        == "(\(number), 'error:\(hexadecimal):SSL routines:\(reason)')")
  }

  @Test func aChainThatDoesNotVerifyOnAClient() {
    #expect(
      text(134, .client)
        == "(336134278, 'error:14090086:SSL routines:SSL3_GET_SERVER_CERTIFICATE:certificate"
        + " verify failed')")
  }

  @Test func anErrorInItsOwnForm() {
    let failure = TLSHandler.Failure.tls(
      TLSFailure(
        .library(LibraryError(code: 0x0A00_00C1, detail: "")), role: .server, hadAnswered: false))
    #expect(
      MailLogLines.tlsFailed(id, failure, inOldForm: false)
        == "ICID 590125205 TLS failed: (167772353,"
        + " 'error:0A0000C1:SSL routines::no shared cipher')")
  }

  @Test(arguments: [
    (Int32(104), "[Errno 54] Connection reset by peer"), (110, "[Errno 60] Operation timed out"),
    (32, "[Errno 32] Broken pipe"),
  ])
  func anErrorOfTheNetwork(code: Int32, expected: String) {
    #expect(TLSHandler.Failure.system(code).logText(inOldForm: true) == expected)
  }

  private func text(_ reason: UInt, _ role: TLSContext.Role, hadAnswered: Bool = false) -> String {
    let error = LibraryError(code: 0x0A00_0000 + reason, detail: "")
    return TLSHandler.Failure.tls(
      TLSFailure(.library(error), role: role, hadAnswered: hadAnswered)
    ).logText(inOldForm: true)
  }
}
