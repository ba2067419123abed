/// The server's side of an SMTP connection: bytes in, steps out; no I/O (RFC 5321, RFC 3207).
///
/// Steps are pulled: whoever cannot send at present does not ask for more.
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
    /// one of those calls: nobody can smuggle commands into the session under TLS.
    case startTLS
  }

  private enum State {
    case fresh, open, startingTLS, ended
  }

  private let settings: ServerSettings
  private var lines: LineBuffer
  private var state = State.fresh
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

  /// Takes bytes from the client.
  public mutating func receive(_ bytes: some Sequence<UInt8>) {
    guard state == .fresh || state == .open else { return }
    lines.append(bytes)
  }

  /// The next thing to do, or nil until more bytes come.
  public mutating func next() -> Step? {
    switch state {
    case .fresh:
      state = .open
      return .reply(.banner(hostName: settings.hostName, text: settings.banner))
    case .open:
      guard let line = lines.next() else { return nil }
      return step(for: line)
    case .startingTLS, .ended:
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
      return .reply(
        .extensions(
          hostName: settings.hostName, maximumSize: settings.maximumSize,
          offersTLS: settings.startTLS != .off && !isEncrypted))
    case .helo(let name):
      clientName = name
      return .reply(.hello(hostName: settings.hostName))
    case .startTLS:
      return startTLS()
    case .mail(let sender):
      let mustEncrypt = settings.sendersRequiringTLS.contains(where: sender.matches)
      return .reply(mustEncrypt && !isEncrypted ? .senderMustStartTLS : .serverError)
    case .rcpt, .data: return bad(.mailFirst)
    case .noop: return .reply(.ok)
    case .rset: return .reply(.reset)
    case .help: return .reply(.help(commands: knownVerbs.map(\.rawValue)))
    case .vrfy: return .reply(.cannotVerify)
    case .quit:
      state = .ended
      return .close(.goodbye(hostName: settings.hostName))
    case .malformed(let verb): return malformed(verb)
    case .unknown: return bad(.notRecognized)
    }
  }

  private mutating func startTLS() -> Step {
    if settings.startTLS == .off { return bad(.notRecognized) }
    if isEncrypted { return bad(.tlsAlreadyActive) }
    lines.removeAll()
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
  private mutating func bad(_ reply: Reply) -> Step {
    badCommands += 1
    guard badCommands >= settings.badCommandLimit else { return .reply(reply) }
    state = .ended
    return .close(.badCommandLimit)
  }
}
