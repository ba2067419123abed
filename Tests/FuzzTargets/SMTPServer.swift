import SMTP

extension FuzzTarget {
  /// An SMTP listener's side of a connection: commands and messages.
  ///
  /// The first byte chooses the listener. However the bytes come, the steps are the same; what is
  /// sent, accepted or kept stays within its limits.
  static let smtpServer = FuzzTarget("smtp-server") { bytes in
    var input = FuzzInput(bytes)
    let choice = input.byte()
    let settings = ServerSettings(choice)
    let whole = try ServerRun(settings, .never).fed([input.rest])
    let crumbs = try ServerRun(settings, .never).fed(input.crumbs)
    try require(whole.steps == crumbs.steps, "however bytes come, the steps are the same")
    // Where bytes are dropped with STARTTLS depends on when they come.
    let handshake: ServerRun.Handshake = choice & 0x80 == 0 ? .succeeds : .isRefused
    _ = try ServerRun(settings, handshake).fed(input.crumbs)
  }
}

extension ServerSettings {
  /// A listener by the bits of a byte.
  fileprivate init(_ choice: UInt8) {
    let levels: [StartTLS] = [.off, .offered, .required, .offered]
    self.init(
      hostName: "mail.example.com", banner: choice & 4 == 0 ? "" : "a banner", maximumSize: 500,
      startTLS: levels[Int(choice & 3)], sendersRequiringTLS: choice & 8 == 0 ? [] : ["@secure.com"]
    )
    if choice & 16 != 0 {
      recipients = RecipientAccess([
        .init(pattern: "bad@example.com", isAccepted: false, response: "no\nnever"),
        .init(pattern: ".example.com", isAccepted: false),
        .init(pattern: "example.com", isAccepted: true),
      ])
    }
    if choice & 32 != 0 { defaultDomain = "example.com" }
    recipientLimit = 3
    messageLimit = 4
    badCommandLimit = choice & 64 == 0 ? 5 : .max
  }
}

/// A server's session that is fed, and an owner who says yes.
struct ServerRun {
  /// What becomes of STARTTLS.
  enum Handshake { case never, succeeds, isRefused }

  private var session: ServerSession
  private let settings: ServerSettings
  private let handshake: Handshake
  private(set) var steps: [ServerSession.Step] = []
  private(set) var messages: [ReceivedMessage] = []
  private var isClosed = false

  init(_ settings: ServerSettings, _ handshake: Handshake) {
    session = ServerSession(settings: settings)
    self.settings = settings
    self.handshake = handshake
  }

  /// The run after the pieces came one by one.
  func fed(_ pieces: [ArraySlice<UInt8>]) throws -> ServerRun {
    var run = self
    try run.drain()
    for piece in pieces {
      run.session.receive(piece)
      try run.drain()
      try require(
        run.isClosed || run.session.bufferedByteCount <= settings.lineLimit,
        "no more waits than a line may have",
        "\(run.session.bufferedByteCount)")
    }
    return run
  }

  private mutating func drain() throws {
    while let step = session.next() {
      try require(!isClosed, "nothing follows the end", "\(step)")
      steps.append(step)
      switch step {
      case .reply(let reply): try check(reply)
      case .close(let reply):
        try check(reply)
        isClosed = true
      case .startTLS: shakeHands()
      case .sender, .recipient: session.accept()
      case .data: session.accept(header: Array("Received: here\r\n".utf8))
      case .message(let message):
        try check(message)
        messages.append(message)
        session.accept(as: messages.count)
      case .rejectedRecipient, .abandoned: break
      }
    }
  }

  private mutating func shakeHands() {
    switch handshake {
    case .never: break
    case .succeeds: session.tlsEstablished()
    case .isRefused: session.tlsRefused()
    }
  }

  /// A reply is read by a client as the one reply that it is.
  private func check(_ reply: Reply) throws {
    var parser = ReplyParser()
    parser.receive(reply.wire.utf8)
    try require(
      parser.next() == .reply(reply) && parser.bufferedByteCount == 0, "a reply is one reply",
      reply.wire)
  }

  private func check(_ message: ReceivedMessage) throws {
    try require(message.size <= settings.maximumSize, "a message is within its limit")
    try require(
      (1...settings.recipientLimit).contains(message.recipients.count),
      "a message has recipients, and not too many")
    try require(
      message.content.isNetworkText, "no CR or LF stands alone in a message",
      message.content.text)
    try require(messages.count < settings.messageLimit, "no more messages come than may")
  }
}

extension [UInt8] {
  /// Whether it is lines that end with CR LF, and no CR or LF stands elsewhere.
  var isNetworkText: Bool {
    var last: UInt8 = 10
    for byte in self {
      if last == 13, byte != 10 { return false }
      if byte == 10, last != 13 { return false }
      last = byte
    }
    return last == 10
  }
}
