import SMTP
import Testing

@testable import Peers

/// A session without a network: what each behaviour answers, command by command.
@Suite struct PeerSessionTests {
  /// Plays commands, keeps messages as `1.eml`, and tells each step in short.
  static func play(_ behaviour: Behaviour, _ commands: [String], greylist: Greylist = Greylist())
    -> [String]
  {
    var session = PeerSession(
      behaviour: behaviour, hostName: "mx.example", client: "10.0.0.9", greylist: greylist)
    var told = drain(&session)
    for command in commands {
      session.receive(Array("\(command)\r\n".utf8))
      told += drain(&session)
    }
    return told
  }

  private static func drain(_ session: inout PeerSession) -> [String] {
    var told: [String] = []
    while let step = session.next() {
      switch step {
      case .reply(let reply): told.append("\(reply)")
      case .startTLS:
        told.append("TLS")
        session.tlsEstablished()
      case .store(let message):
        told.append(
          "keep \(message.sender) \(message.recipients.joined(separator: ",")) "
            + String(decoding: message.content, as: UTF8.self))
        session.stored(as: "1.eml")
      case .finishWriting: told.append("finish")
      case .end: told.append("end")
      case .reset: told.append("reset")
      }
    }
    return told
  }

  private static let mail = [
    "MAIL FROM:<a@b> SIZE=9", "RCPT TO:<c@d>", "DATA", "Subject: x", "", "..dots", ".",
  ]
  private static let mailed = [
    "250 2.1.0 Ok", "250 2.1.5 Ok", "354 End data with <CR><LF>.<CR><LF>",
    "keep <a@b> SIZE=9 <c@d> Subject: x\r\n\r\n.dots\r\n", "250 2.0.0 Ok: queued as 1.eml",
  ]
  private static let greeting = "220 mx.example ESMTP"
  private static let extensions = "250 mx.example SIZE 52428800 8BITMIME"

  @Test func aGoodOneTakesMailWithTLSAndAgain() throws {
    let told = Self.play(
      try behaviour("good"), ["EHLO c", "STARTTLS", "EHLO c", "STARTTLS"] + Self.mail + ["QUIT"])
    #expect(
      told == [
        Self.greeting, Self.extensions + " STARTTLS", "220 2.0.0 Ready to start TLS", "TLS",
        Self.extensions, "503 5.5.1 TLS is active already",
      ] + Self.mailed + ["221 2.0.0 mx.example closing connection", "end"])
  }

  /// What a behaviour says to the given commands, after the banner.
  @Test(
    "It differs where it shall",
    arguments: [
      ("plain", ["EHLO c", "HELO c"], ["502 5.5.1 Command not recognized", "250 mx.example"]),
      ("no-starttls", ["EHLO c", "STARTTLS"], [extensions, "502 5.5.1 Command not recognized"]),
      (
        "starttls-first-line", ["EHLO c", "STARTTLS"],
        [
          "250 STARTTLS mx.example SIZE 52428800 8BITMIME", "502 5.5.1 Command not recognized",
        ]
      ),
      (
        "starttls-454", ["EHLO c", "STARTTLS", "NOOP"],
        [extensions + " STARTTLS", "454 TLS not available due to temporary reason", "250 2.0.0 Ok"]
      ),
      (
        "starttls-5xx", ["STARTTLS", "NOOP"],
        ["554 5.7.3 Unable to initialize security subsystem", "250 2.0.0 Ok"]
      ),
      ("handshake-abort", ["STARTTLS", "a hello"], ["220 2.0.0 Ready to start TLS", "end"]),
      ("no-starttls", mail, mailed),
      ("drop-after-data", mail, Array(mailed.dropLast()) + ["end"]),
      (
        "greylist", ["MAIL FROM:<a@b>", "RCPT TO:<c@d>", "RCPT TO:<e@f>", "DATA", "RCPT TO:<c@d>"],
        [
          "250 2.1.0 Ok", "451 4.7.1 Greylisted, try again later",
          "451 4.7.1 Greylisted, try again later", "503 5.5.1 RCPT first", "250 2.1.5 Ok",
        ]
      ),
      ("reset", ["EHLO c", "MAIL FROM:<a@b>"], [extensions + " STARTTLS", "reset"]),
      ("half-close", [], ["finish"]),
    ])
  func differs(_ name: String, _ commands: [String], _ replies: [String]) throws {
    #expect(Self.play(try behaviour(name), commands) == [Self.greeting] + replies)
  }

  @Test func aRefusalLetsNothingThroughButQuit() throws {
    #expect(
      Self.play(try behaviour("banner-554"), ["EHLO c", "MAIL FROM:<a@b>", "QUIT"]) == [
        "554 mx.example No SMTP service here", "503 5.5.1 No SMTP service here",
        "503 5.5.1 No SMTP service here", "221 2.0.0 mx.example closing connection", "end",
      ])
  }

  @Test func commandsOutOfOrderAreErrors() throws {
    #expect(
      Self.play(
        try behaviour("good"),
        [
          "RCPT TO:<a@b>", "DATA", "MAIL <a@b>", "mail from: <a@b>", "MAIL FROM:<a@b>",
          "RCPT <a@b>",
          "DATA", "RSET", "DATA", "TURN", "VRFY a", "",
        ]) == [
          Self.greeting, "503 5.5.1 MAIL first", "503 5.5.1 RCPT first",
          "501 5.5.4 Syntax: MAIL FROM:<address>", "250 2.1.0 Ok", "503 5.5.1 Nested MAIL command",
          "501 5.5.4 Syntax: RCPT TO:<address>", "503 5.5.1 RCPT first", "250 2.0.0 Ok",
          "503 5.5.1 RCPT first", "502 5.5.1 Command not recognized",
          "252 2.0.0 Send some mail", "502 5.5.1 Command not recognized",
        ])
  }

  @Test func aGreylistRemembersOverConnectionsAndTellsClientsApart() throws {
    let greylist = Greylist()
    let commands = ["MAIL FROM:<a@b>", "RCPT TO:<c@d>"]
    let first = Self.play(try behaviour("greylist"), commands, greylist: greylist)
    let second = Self.play(try behaviour("greylist"), commands, greylist: greylist)
    let other = Self.play(
      try behaviour("greylist"), ["MAIL FROM:<x@b>", "RCPT TO:<c@d>"], greylist: greylist)
    #expect(first.last == "451 4.7.1 Greylisted, try again later")
    #expect(second.last == "250 2.1.5 Ok")
    #expect(other.last == "451 4.7.1 Greylisted, try again later")
  }

  @Test func whatIsGluedToSTARTTLSIsForgotten() throws {
    var session = PeerSession(
      behaviour: try behaviour("good"), hostName: "mx.example", client: "10.0.0.9",
      greylist: Greylist())
    session.receive(Array("STARTTLS\r\nMAIL FROM:<evil@example>\r\n".utf8))
    _ = Self.drain(&session)
    session.receive(Array("RCPT TO:<c@d>\r\n".utf8))
    #expect(Self.drain(&session) == ["503 5.5.1 MAIL first"])
  }

  @Test func aLineThatIsTooLongIsOneErrorAndTakesNoRoom() throws {
    var session = PeerSession(
      behaviour: try behaviour("good"), hostName: "mx.example", client: "10.0.0.9",
      greylist: Greylist())
    _ = Self.drain(&session)
    let piece = Array(repeating: UInt8(ascii: "x"), count: 1000)
    for _ in 1...1000 {
      session.receive(piece)
      #expect(Self.drain(&session).isEmpty)
      #expect(session.heldByteCount <= 4096)
    }
    session.receive(Array("\r\nNOOP\r\n".utf8))
    #expect(Self.drain(&session) == ["500 5.5.2 Line too long", "250 2.0.0 Ok"])
  }

  @Test("A message that is too large is refused and takes no room", arguments: [true, false])
  func tooLarge(hasLines: Bool) throws {
    var session = PeerSession(
      behaviour: try behaviour("good"), hostName: "mx.example", client: "10.0.0.9",
      greylist: Greylist())
    session.receive(Array("MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\n".utf8))
    _ = Self.drain(&session)
    var piece = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
    if hasLines { piece[1022...] = [13, 10] + piece[1024...] }
    for _ in 1...60 {
      session.receive(piece)
      #expect(Self.drain(&session).isEmpty)
      #expect(session.heldByteCount <= PeerLimits.content + 100)
    }
    #expect(session.heldByteCount <= piece.count)
    session.receive(Array(("\r\n.\r\n" + Self.mail.joined(separator: "\r\n") + "\r\n").utf8))
    #expect(
      Self.drain(&session) == ["552 5.3.4 Message size exceeds fixed limit"] + Self.mailed)
    #expect(session.heldByteCount == 0)
  }

  @Test func aMessageThatIsOneLongLineIsTaken() throws {
    let line = String(repeating: "x", count: 3 << 20)
    let told = Self.play(
      try behaviour("good"), ["MAIL FROM:<a@b>", "RCPT TO:<c@d>", "DATA", line, "."])
    #expect(told.suffix(2) == ["keep <a@b> <c@d> \(line)\r\n", "250 2.0.0 Ok: queued as 1.eml"])
  }

  @Test func aMessageThatIsBeingKeptStillCounts() throws {
    var session = PeerSession(
      behaviour: try behaviour("good"), hostName: "mx.example", client: "10.0.0.9",
      greylist: Greylist())
    session.receive(Array((Self.mail.joined(separator: "\r\n") + "\r\n").utf8))
    while let step = session.next() {
      if case .store(let message) = step {
        #expect(session.heldByteCount == message.content.count)
      }
    }
    session.stored(as: "1.eml")
    #expect(session.heldByteCount == 0)
  }

  @Test func theRecipientsOfAMessageAreCounted() throws {
    let told = Self.play(
      try behaviour("good"),
      ["MAIL FROM:<a@b>"] + Array(repeating: "RCPT TO:<c@d>", count: 1001) + ["DATA"])
    #expect(
      told.suffix(3) == [
        "250 2.1.5 Ok", "452 4.5.3 Too many recipients", "354 End data with <CR><LF>.<CR><LF>",
      ])
  }

  @Test func aMailboxThatFailsIsATemporaryError() throws {
    var session = PeerSession(
      behaviour: try behaviour("good"), hostName: "mx.example", client: "10.0.0.9",
      greylist: Greylist())
    session.receive(Array((Self.mail.joined(separator: "\r\n") + "\r\nQUIT\r\n").utf8))
    while let step = session.next() {
      if case .store = step { break }
    }
    #expect(session.next() == nil)
    session.storingFailed()
    #expect(session.next() == .reply(Reply(451, "4.3.0 Error: the mailbox cannot be written")))
    #expect(
      session.next() == .reply(Reply(221, "2.0.0 mx.example closing connection")))
    #expect(session.next() == .end)
  }
}
