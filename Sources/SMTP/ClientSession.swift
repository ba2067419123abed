/// The client's side of an SMTP connection: bytes in, steps out; no I/O (RFC 5321, RFC 3207).
///
/// Steps are pulled. When a step says that a decision is wanted, the owner calls one of the
/// methods, and steps go on. Time is for the owner to keep.
public struct ClientSession: Sendable {
  /// What the owner of the connection has to do.
  public enum Step: Hashable, Sendable {
    /// Send this line.
    case send(String)
    /// The server has answered EHLO or HELO; see `extensions`. Call `startTLS`, `deliver`,
    /// `rehearse` or `quit`.
    case introduced
    /// The server is ready for TLS: shake hands, then call `tlsEstablished` or `quit`.
    case startTLS
    /// The server refused STARTTLS. Call `deliver` to go on in clear, unless `isServerLeaving`, or
    /// `quit`.
    case startTLSRefused(Reply)
    /// Send the content through a `DotStuffer`, its end too, then call `contentSent`.
    case sendContent
    /// The transaction is over; one reply for each recipient, in their order. Call `deliver` or
    /// `quit`, unless `isServerLeaving`.
    case finished([RecipientReply])
    /// Nothing more can be said to this server.
    case failed(ClientFailure)
    /// The server has answered QUIT.
    case closed
  }

  enum State: Hashable, Sendable {
    case greeting, ehlo, helo
    case ready
    case startingTLS, handshake
    case resetting, mail, rcpt(Int), data, content, finalReply
    case quitting, ended
  }

  private let hostName: String
  private var parser = ReplyParser()
  private var steps: [Step] = []
  private var state = State.greeting
  private var envelope = ClientEnvelope(sender: "", recipients: [], size: 0)
  /// Whether a transaction was begun that neither its end nor RSET has closed.
  private var isTransactionOpen = false
  /// Whether the transaction ends before its content.
  private var isRehearsal = false

  /// What the server can do, as it said last; forgotten when TLS begins.
  public private(set) var extensions = ServerExtensions.none
  /// What is known of each recipient of the transaction so far.
  public private(set) var replies: [RecipientReply?] = []
  /// The server said that it ends the connection (421).
  public private(set) var isServerLeaving = false

  /// Makes the session of a connection just opened; it waits for the banner.
  ///
  /// - Parameter hostName: what this side calls itself in EHLO (G10).
  public init(hostName: String) { self.hostName = hostName }

  /// How many received bytes wait to be looked at.
  public var bufferedByteCount: Int { parser.bufferedByteCount }

  /// Whether the whole content was sent and the reply to it is missing: the message may have been
  /// taken.
  public private(set) var isOutcomeUnknown = false

  // MARK: What comes

  /// Takes bytes from the server.
  public mutating func receive(_ bytes: some Sequence<UInt8>) {
    guard state != .ended else { return }
    parser.receive(bytes)
  }

  /// The next thing to do, or nil until more bytes come or the owner decides.
  public mutating func next() -> Step? {
    while steps.isEmpty {
      if state == .handshake, parser.bufferedByteCount > 0 {
        fail(.gluedBytes)
      } else {
        guard state != .ended, let reading = parser.next() else { return nil }
        take(reading)
      }
    }
    return steps.removeFirst()
  }

  // MARK: What the owner decides

  /// Asks for TLS.
  public mutating func startTLS() { send("STARTTLS", .startingTLS) }

  /// The handshake is done and the server is trusted: introduces this side again; what the server
  /// said in clear counts no more (RFC 3207 §4.2).
  public mutating func tlsEstablished() {
    parser.removeAll()
    extensions = .none
    send("EHLO \(hostName)", .ehlo)
  }

  /// Begins a transaction.
  public mutating func deliver(_ envelope: ClientEnvelope) { begin(envelope, isRehearsal: false) }

  /// Begins a transaction that ends before its content: the server hears sender and recipients, and
  /// gets no message.
  public mutating func rehearse(_ envelope: ClientEnvelope) { begin(envelope, isRehearsal: true) }

  private mutating func begin(_ envelope: ClientEnvelope, isRehearsal: Bool) {
    self.envelope = envelope
    self.isRehearsal = isRehearsal
    isOutcomeUnknown = false
    replies = Array(repeating: nil, count: envelope.recipients.count)
    if isTransactionOpen {
      send("RSET", .resetting)
    } else {
      send(envelope.mailCommand(for: extensions), .mail)
    }
  }

  /// The content and its final dot are on their way.
  public mutating func contentSent() {
    state = .finalReply
    isOutcomeUnknown = true
  }

  /// Ends the conversation, whatever it has come to.
  public mutating func quit() {
    guard state != .ended else { return }
    if state == .handshake { parser.removeAll() }
    steps = []
    send("QUIT", .quitting)
  }

  // MARK: What replies mean

  private mutating func take(_ reading: ReplyParser.Reading) {
    switch reading {
    case .reply(let reply): take(reply)
    case .malformed where state == .quitting: close()
    case .malformed(let what): fail(.malformed(what))
    }
  }

  private mutating func take(_ reply: Reply) {
    if reply.code == 421 { isServerLeaving = true }
    switch state {
    case .greeting: take(reply, 220) { $0.send("EHLO \($0.hostName)", .ehlo) }
    case .ehlo where reply.code >= 500: send("HELO \(hostName)", .helo)
    case .ehlo: take(reply, 250) { $0.introduce(ServerExtensions(reply)) }
    case .helo: take(reply, 250) { $0.introduce(.none) }
    case .startingTLS: takeStartTLS(reply)
    case .resetting:
      take(reply, 250) {
        $0.isTransactionOpen = false
        $0.send($0.envelope.mailCommand(for: $0.extensions), .mail)
      }
    case .mail, .rcpt, .data, .finalReply: takeInTransaction(reply)
    case .quitting: close()
    case .content where reply.code >= 400: refuseContent(reply)
    case .ready, .content: fail(.unexpected(reply))
    case .handshake, .ended: break
    }
  }

  private mutating func take(_ reply: Reply, _ code: Int, _ goOn: (inout Self) -> Void) {
    if reply.code == code { goOn(&self) } else { fail(.unexpected(reply)) }
  }

  private mutating func introduce(_ extensions: ServerExtensions) {
    self.extensions = extensions
    state = .ready
    steps.append(.introduced)
  }

  private mutating func takeStartTLS(_ reply: Reply) {
    switch reply.code {
    case 220 where parser.bufferedByteCount > 0: fail(.gluedBytes)
    case 220:
      state = .handshake
      steps.append(.startTLS)
    case 400...:
      state = .ready
      steps.append(.startTLSRefused(reply))
    default: fail(.unexpected(reply))
    }
  }

  private mutating func takeInTransaction(_ reply: Reply) {
    switch (state, reply.code) {
    case (.mail, 200..<300):
      isTransactionOpen = true
      send(envelope.recipientCommand(0), .rcpt(0))
    case (.mail, 400...): finish(RecipientReply(.mail, reply))
    case (.rcpt, 421): finish(RecipientReply(.rcpt, reply))
    case (.rcpt(let index), 200..<300), (.rcpt(let index), 400...):
      // A positive reply is kept too, until that to DATA or to the content takes its place.
      replies[index] = RecipientReply(.rcpt, reply)
      recipientDone(index)
    case (.data, 354):
      state = .content
      steps.append(.sendContent)
    case (.data, 400...): finish(RecipientReply(.data, reply))
    case (.finalReply, 200..<300), (.finalReply, 400...):
      isTransactionOpen = false
      finish(RecipientReply(.data, reply))
    default: fail(.unexpected(reply))
    }
  }

  /// The server does not want to hear the rest; what is on its way would be taken for commands.
  private mutating func refuseContent(_ reply: Reply) {
    isServerLeaving = true
    finish(RecipientReply(.data, reply))
  }

  private mutating func recipientDone(_ index: Int) {
    if index + 1 < envelope.recipients.count {
      send(envelope.recipientCommand(index + 1), .rcpt(index + 1))
    } else if isRehearsal {
      state = .ready
      steps.append(.finished(replies.compactMap(\.self)))
    } else if replies.contains(where: { $0?.isRefusal == false }) {
      send("DATA", .data)
    } else {
      finish(nil)
    }
  }

  /// Ends the transaction; `reply` counts for all recipients that were not refused before.
  private mutating func finish(_ reply: RecipientReply?) {
    state = .ready
    isOutcomeUnknown = false
    for index in replies.indices where replies[index]?.isRefusal != true {
      replies[index] = reply
    }
    steps.append(.finished(replies.compactMap(\.self)))
  }

  // MARK: What is said

  private mutating func send(_ line: String, _ state: State) {
    self.state = state
    steps.append(.send(line + "\r\n"))
  }

  private mutating func fail(_ failure: ClientFailure) {
    state = .ended
    steps.append(.failed(failure))
  }

  private mutating func close() {
    state = .ended
    steps.append(.closed)
  }
}

/// Why a client cannot go on with a server.
public enum ClientFailure: Error, Hashable, Sendable {
  /// A reply that refuses the whole connection, or that does not answer what was said.
  case unexpected(Reply)
  /// Bytes that are no reply, described in a few words.
  case malformed(String)
  /// Clear bytes behind the 220 to STARTTLS, which somebody may have put there (RFC 3207 §5).
  case gluedBytes
}

extension RecipientReply {
  /// Whether the server refused this recipient, for now or for good.
  var isRefusal: Bool { reply.code >= 400 }
}
