import Testing

@testable import LDAP

/// Answers as servers write them, in pieces, and answers that are none.
@Suite struct SessionTests {
  /// A message as OpenLDAP writes it on some machines: with lengths of four bytes.
  static func message(_ id: UInt8, _ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
    let operation = [tag, 0x84, 0, 0, 0, UInt8(content.count)] + content
    return [0x30, 0x84, 0, 0, 0, UInt8(operation.count + 3), 0x02, 0x01, id] + operation
  }

  /// Code, matched name and message of a result.
  static func result(_ code: UInt8, _ text: String = "") -> [UInt8] {
    [0x0A, 0x01, code, 0x04, 0x00, 0x04, UInt8(text.utf8.count)] + Array(text.utf8)
  }

  static func entry(_ name: String) -> [UInt8] {
    [0x04, UInt8(name.utf8.count)] + Array(name.utf8) + [0x30, 0x00]
  }

  private static let search = LDAPRequest.search(LDAPSearch(base: "", filter: .anything))

  private func answer(to request: LDAPRequest, _ bytes: [UInt8]) throws -> LDAPClientSession.Answer?
  {
    var session = LDAPClientSession()
    _ = session.begin(request)
    session.receive(bytes)
    return try session.next()
  }

  @Test func aBindIsAnswered() throws {
    let answer = try answer(
      to: .bind(name: "cn=a", password: [1]), Self.message(1, 0x61, Self.result(49, "no\u{1B}")))
    #expect(answer?.result == LDAPResult(code: .invalidCredentials, message: "no\u{1B}"))
    #expect(answer?.result.description == "<LDAP Error \"invalidCredentials\" [0x31]> no?")
  }

  @Test func anUnknownCodeIsShown() {
    #expect("\(LDAPResult(code: .init(rawValue: 4096)))" == "<LDAP Error \"other\" [0x1000]>")
    #expect("\(LDAPResult.Code.noSuchObject)" == "noSuchObject")
  }

  @Test("What a bind's answer may hold behind its result is passed over")
  func extras() throws {
    let referral: [UInt8] = [0xA3, 0x05, 0x04, 0x03, 0x61, 0x3A, 0x2F]
    let credentials: [UInt8] = [0x87, 0x01, 0x00]
    let controls: [UInt8] = [0xA0, 0x02, 0x30, 0x00]
    let operation = [0x61, 0x11] + Self.result(0) + referral + credentials
    let bytes = [0x30, UInt8(operation.count + 7), 0x02, 0x01, 0x01] + operation + controls
    #expect(try answer(to: .bind(name: "", password: []), bytes)?.result.code == .success)
  }

  @Test func entriesAreCollectedByteByByte() throws {
    let bytes =
      Self.message(1, 0x64, Self.entry("cn=a")) + Self.message(1, 0x73, [0x04, 0x00])
      + Self.message(1, 0x64, Self.entry("cn=b")) + Self.message(1, 0x65, Self.result(0))
    var session = LDAPClientSession()
    _ = session.begin(Self.search)
    for byte in bytes.dropLast() {
      session.receive([byte])
      #expect(try session.next() == nil)
    }
    session.receive(bytes.suffix(1))
    #expect(try session.next()?.entries == ["cn=a", "cn=b"])
  }

  @Test func oneRequestFollowsAnother() throws {
    var session = LDAPClientSession()
    #expect(session.begin(.bind(name: "", password: []))[4] == 1)
    session.receive(Self.message(1, 0x61, Self.result(0)))
    #expect(try session.next()?.result.code == .success)
    #expect(session.begin(Self.search)[4] == 2)
    session.receive(Self.message(2, 0x65, Self.result(32)))
    #expect(try session.next() == .init(result: LDAPResult(code: .noSuchObject), entries: []))
  }

  @Test func clearTextBehindStartTLSIsRefused() throws {
    let yes = Self.message(1, 0x78, Self.result(0) + [0x8A, 0x01, 0x31])
    #expect(try answer(to: .startTLS, yes)?.result.code == .success)
    #expect(throws: LDAPFault.clearText) { try answer(to: .startTLS, yes + [0x30]) }
    // A refusal leaves the conversation in clear, in which the server may go on.
    let no = Self.message(1, 0x78, Self.result(2))
    #expect(try answer(to: .startTLS, no + [0x30])?.result.code == .protocolError)
  }

  @Test func theNoticeOfDisconnectionIsTold() {
    let name = Array("1.3.6.1.4.1.1466.20036".utf8)
    let notice = Self.message(
      0, 0x78, Self.result(52, "bye") + [0x8A, UInt8(name.count)] + name)
    let fault = LDAPFault.disconnection(
      LDAPResult(code: .init(rawValue: 52), message: "bye"))
    #expect(throws: fault) { try answer(to: .bind(name: "", password: []), notice) }
    #expect(
      "\(fault)" == "the server ended the connection: <LDAP Error \"unavailable\" [0x34]> bye")
  }

  @Test(
    "An answer to nothing that was asked is refused",
    arguments: [
      message(2, 0x61, result(0)), message(1, 0x65, result(0)), message(0, 0x61, result(0)),
      message(1, 0x64, entry("cn=a")), message(1, 0x78, result(0)),
    ])
  func unexpected(bytes: [UInt8]) {
    #expect(throws: LDAPFault.unexpected) {
      try answer(to: .bind(name: "", password: []), bytes)
    }
  }

  @Test(
    "What is no LDAP is refused",
    arguments: [
      (Array("HTTP/1.1 400".utf8), LDAPFault.malformed("a message has another type")),
      ([0x31, 0x00], .malformed("a message has another type")),
      ([0x30, 0x80], .malformed("a length is indefinite")),
      ([0x30, 0x89], .malformed("a length has more than eight bytes")),
      ([0x3F], .malformed("a tag has several bytes")),
      ([0x30, 0x84, 0x00, 0x04, 0x00, 0x01], .tooLong),
      ([0x30, 0x88, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], .tooLong),
      ([0x30, 0x00], .malformed("an element is cut short")),
      ([0x30, 0x03, 0x02, 0x01, 0xFF], .malformed("a message's number is negative")),
      ([0x30, 0x05, 0x02, 0x01, 0x01, 0x7F, 0x00], .malformed("a tag has several bytes")),
      ([0x30, 0x05, 0x02, 0x01, 0x01, 0x6F, 0x00], .malformed("an operation is unknown")),
      ([0x30, 0x05, 0x02, 0x01, 0x01, 0x61, 0x05], .malformed("an element is cut short")),
      ([0x30, 0x04, 0x02, 0x02, 0x01, 0x01], .malformed("an element is cut short")),
      (
        [0x30, 0x07, 0x02, 0x05, 0, 0, 0, 0, 1],
        .malformed("a message's number is no number of at most four bytes")
      ),
    ] as [([UInt8], LDAPFault)])
  func malformed(bytes: [UInt8], fault: LDAPFault) {
    #expect(throws: fault) { try answer(to: .bind(name: "", password: []), bytes) }
  }

  @Test func entriesWithoutEndAreTooMany() throws {
    var session = LDAPClientSession()
    _ = session.begin(Self.search)
    for _ in 0..<LDAPClientSession.replyLimit {
      session.receive(Self.message(1, 0x64, Self.entry("cn=a")))
    }
    #expect(try session.next() == nil)
    session.receive(Self.message(1, 0x64, Self.entry("cn=a")))
    #expect(throws: LDAPFault.tooLong) { try session.next() }
  }
}
