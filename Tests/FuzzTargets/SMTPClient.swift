import SMTP

extension FuzzTarget {
  /// A peer's replies, read by the client that delivers to it.
  ///
  /// The first byte chooses what the client wants, the others are the peer's. However they come,
  /// the steps are the same; each line that is sent is one line, and each recipient gets one reply.
  static let smtpClient = FuzzTarget("smtp-client") { bytes in
    var input = FuzzInput(bytes)
    let wish = ClientRun.Wish(input.byte())
    let whole = try ClientRun(wish).fed([input.rest])
    let crumbs = try ClientRun(wish).fed(input.crumbs)
    // Bytes that come together with the answer to STARTTLS are a fault of their own.
    if !wish.usesTLS {
      try require(whole.steps == crumbs.steps, "however bytes come, the steps are the same")
    }
    try checkReplies(input.rest)
  }

  /// What was read as a reply is written as one that is read alike.
  private static func checkReplies(_ bytes: ArraySlice<UInt8>) throws {
    var parser = ReplyParser()
    parser.receive(bytes)
    while case .reply(let reply) = parser.next() {
      try require((200...599).contains(reply.code), "a code has three digits", "\(reply)")
      // Bytes that are no text take more room as replacement characters.
      let lines = reply.wire.split(separator: "\r\n").map(\.utf8.count)
      guard !reply.wire.contains("\u{FFFD}"), lines.reduce(0, +) < 32_768 else { continue }
      var again = ReplyParser()
      again.receive(reply.wire.utf8)
      try require(again.next() == .reply(reply), "a reply is read as it is written", reply.wire)
    }
  }
}

/// A client's session that is fed, and an owner who delivers.
private struct ClientRun {
  /// What the owner wants.
  struct Wish {
    let usesTLS: Bool
    let handshakeSucceeds: Bool
    let isRehearsal: Bool
    let deliveries: Int
    let envelope: ClientEnvelope

    init(_ choice: UInt8) {
      usesTLS = choice & 1 != 0
      handshakeSucceeds = choice & 2 != 0
      isRehearsal = choice & 4 != 0
      deliveries = 1 + Int(choice >> 3 & 1)
      let recipients = (0...Int(choice >> 4 & 3)).map { "r\($0)\r\nDATA@example.com" }
      envelope = ClientEnvelope(
        sender: choice & 64 == 0 ? "" : "a\r\nb@c.example", recipients: recipients, size: 12,
        isEightBit: choice & 128 != 0)
    }
  }

  private var session = ClientSession(hostName: "mail.example.com")
  private let wish: Wish
  private(set) var steps: [ClientSession.Step] = []
  private var isOver = false
  private var hasTLS = false
  private var rest: Int

  init(_ wish: Wish) {
    self.wish = wish
    rest = wish.deliveries
  }

  func fed(_ pieces: [ArraySlice<UInt8>]) throws -> ClientRun {
    var run = self
    for piece in pieces {
      run.session.receive(piece)
      while let step = run.session.next() { try run.take(step) }
      try require(
        run.isOver || run.session.bufferedByteCount <= 4096, "no more waits than a line may have",
        "\(run.session.bufferedByteCount)")
    }
    return run
  }

  private mutating func take(_ step: ClientSession.Step) throws {
    try require(!isOver, "nothing follows the end", "\(step)")
    steps.append(step)
    switch step {
    case .send(let line):
      try require(
        line.hasSuffix("\r\n") && Array(line.utf8).isNetworkText
          && line.utf8.count { $0 == 10 } == 1, "what is sent is one line", line)
    case .introduced: if wish.usesTLS, !hasTLS { session.startTLS() } else { deliver() }
    case .startTLS:
      hasTLS = true
      if wish.handshakeSucceeds { session.tlsEstablished() } else { session.quit() }
    case .startTLSRefused: deliver()
    case .sendContent: session.contentSent()
    case .finished(let replies):
      try require(
        replies.count == wish.envelope.recipients.count, "each recipient gets one reply",
        "\(replies)")
      deliver()
    case .failed, .closed: isOver = true
    }
  }

  private mutating func deliver() {
    guard rest > 0, !session.isServerLeaving else { return session.quit() }
    rest -= 1
    if wish.isRehearsal { session.rehearse(wish.envelope) } else { session.deliver(wish.envelope) }
  }
}
