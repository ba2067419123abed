/// The server's side of an SMTP connection: bytes in, steps out; no I/O (RFC 5321, RFC 3207).
///
/// Steps are pulled: whoever cannot send at present does not ask for more. A step that is a
/// question (`sender`, `recipient`, `data`, `message`) is the last until it is answered by one of
/// the `accept` methods or by `refuse`.
public struct ServerSession: Sendable {
  /// What the owner of the connection has to do.
  public enum Step: Hashable, Sendable {
    /// Send this.
    case reply(Reply)
    /// Send this, then end the connection.
    case close(Reply)
    /// The client wants TLS. Answer with `Reply.goAheadWithTLS`, hand the next bytes to TLS and
    /// call `tlsEstablished`; or answer otherwise and call `tlsRefused`.
    ///
    /// All clear bytes that had come behind the command are gone, and so are all that come before
    /// one of those calls: nobody can smuggle commands into the session under TLS. A message that
    /// was begun is abandoned.
    case startTLS
    /// A message begins; may it? Answer with `accept()`.
    case sender(EnvelopeAddress)
    /// A recipient whom the table knows, and his place among those of the message; answer with
    /// `accept()`.
    case recipient(EnvelopeAddress, index: Int)
    /// A recipient whom the table refuses; the reply follows by itself.
    case rejectedRecipient(EnvelopeAddress)
    /// The client is about to send the message; answer with `accept(header:)`.
    case data
    /// The message is here; answer with `accept(as:)` when it is safe.
    case message(ReceivedMessage)
    /// The message that was begun will not come; the reply follows by itself.
    case abandoned(Abandonment)
  }

  /// Why a message is given up.
  public enum Abandonment: Hashable, Sendable {
    /// The client wants it so.
    case byClient
    /// It is larger than the limit.
    case tooLarge
    /// A CR or LF stands by itself in it.
    case bareLineEnd
    /// There is no memory for it beside those of others.
    case noRoom
  }

  enum State: Equatable {
    case fresh, open, receiving, startingTLS, ended
    case asking(Question)
  }

  /// What the owner has not yet answered.
  enum Question: Equatable {
    case sender, recipient(EnvelopeAddress), data, message
  }

  let settings: ServerSettings
  private var lines: LineBuffer
  var state = State.fresh
  /// A step that comes before all others.
  var following: Step?
  /// The message that was begun.
  var envelope: Envelope?
  /// What was sent of it.
  var decoder: DataDecoder?
  /// Messages that came whole.
  var messageCount = 0
  private var badCommands = 0
  /// Whether the connection is encrypted.
  public private(set) var isEncrypted = false
  /// What the client called itself; nil before EHLO or HELO.
  public private(set) var clientName: String?

  /// Makes the session of a connection just accepted; its first step is the banner.
  public init(settings: ServerSettings) {
    self.settings = settings
    lines = LineBuffer(limit: settings.lineLimit)
  }

  /// How many received bytes wait to be looked at.
  public var bufferedByteCount: Int { lines.count }

  /// Whether the owner has a question to answer; until then what is received piles up.
  public var isAsking: Bool { if case .asking = state { true } else { false } }

  /// Whether the client is sending a message at present.
  public var isReceivingMessage: Bool { state == .receiving }

  /// Takes bytes from the client.
  public mutating func receive(_ bytes: some Sequence<UInt8>) {
    if state == .startingTLS || state == .ended { return }
    lines.append(bytes)
  }

  /// The next thing to do, or nil until more bytes come or a question is answered.
  public mutating func next() -> Step? {
    if let step = following {
      following = nil
      return step
    }
    switch state {
    case .fresh:
      state = .open
      return .reply(.banner(hostName: settings.hostName, text: settings.banner))
    case .open:
      guard let line = lines.next() else { return nil }
      return step(for: line)
    case .receiving:
      lines.take { decoder?.decode($0) ?? 0 }
      return messageStep()
    case .asking, .startingTLS, .ended:
      return nil
    }
  }

  /// The handshake is done: the client has to introduce itself again (RFC 3207 §4.2).
  public mutating func tlsEstablished() {
    isEncrypted = true
    clientName = nil
    badCommands = 0
    lines.removeAll()
    state = .open
  }

  /// STARTTLS was answered with something other than 220; the session goes on in clear.
  public mutating func tlsRefused() { state = .open }

  private mutating func step(for line: LineBuffer.Line) -> Step {
    guard case .text(let bytes) = line else { return bad(.lineTooLong) }
    let command = Command(line: bytes)
    if settings.startTLS == .required, !isEncrypted {
      switch command {
      case .noop, .ehlo, .malformed(.ehlo), .startTLS, .malformed(.startTLS), .quit: break
      case .unknown: return bad(.mustStartTLS)
      default: return .reply(.mustStartTLS)
      }
    }
    return step(for: command)
  }

  private mutating func step(for command: Command) -> Step {
    switch command {
    case .ehlo(let name):
      clientName = name
      return abandon(
        thenReply: .extensions(
          hostName: settings.hostName, maximumSize: settings.maximumSize,
          offersTLS: settings.startTLS != .off && !isEncrypted))
    case .helo(let name):
      clientName = name
      return abandon(thenReply: .hello(hostName: settings.hostName))
    case .startTLS: return startTLS()
    case .mail(let argument): return mail(argument)
    case .rcpt(let argument): return recipient(argument)
    case .data: return data()
    case .noop: return .reply(.ok)
    case .rset: return abandon(thenReply: .reset)
    case .help: return .reply(.help(commands: knownVerbs.map(\.rawValue)))
    case .vrfy: return .reply(.cannotVerify)
    case .quit: return close(.goodbye(hostName: settings.hostName))
    case .malformed(let verb): return malformed(verb)
    case .unknown: return bad(.notRecognized)
    }
  }

  private mutating func startTLS() -> Step {
    if settings.startTLS == .off { return bad(.notRecognized) }
    if isEncrypted { return bad(.tlsAlreadyActive) }
    lines.removeAll()
    envelope = nil
    state = .startingTLS
    return .startTLS
  }

  private mutating func malformed(_ verb: Command.Verb) -> Step {
    switch verb {
    case .ehlo, .helo: bad(.requiresDomain(verb.rawValue))
    case .startTLS where settings.startTLS == .off: bad(.notRecognized)
    default: bad(.syntaxError(in: verb.rawValue))
    }
  }

  private var knownVerbs: [Command.Verb] {
    Command.Verb.allCases.filter { $0 != .startTLS || settings.startTLS != .off }
  }

  /// A bad command is answered with its error, the last one that is borne with the farewell.
  mutating func bad(_ reply: Reply) -> Step {
    badCommands += 1
    return badCommands < settings.badCommandLimit ? .reply(reply) : close(.badCommandLimit)
  }

  mutating func close(_ reply: Reply) -> Step {
    state = .ended
    return .close(reply)
  }
}
