public import SMTP

/// The server's side of an SMTP connection to a peer: bytes in, steps out; no I/O.
///
/// Steps are pulled, one after the other; where it differs from a good server its behaviour says.
public struct PeerSession: Sendable {
  /// What the owner of the connection has to do.
  public enum Step: Hashable, Sendable {
    /// Send this.
    case reply(Reply)
    /// Hand the next bytes to TLS, and call `tlsEstablished` when the handshake is done.
    case startTLS
    /// Keep the message, and call `stored` or `storingFailed`.
    case store(Message)
    /// End this side's direction and go on reading.
    case finishWriting
    /// End the connection.
    case end
    /// End the connection with a reset.
    case reset
  }

  /// An envelope and its content.
  public struct Message: Hashable, Sendable {
    /// What the client called itself; empty when it did not.
    public var helo: String
    /// What followed `MAIL FROM:`.
    public var sender: String
    /// What followed each `RCPT TO:` that was accepted.
    public var recipients: [String]
    /// Header and body without dot-stuffing, lines ended by CR LF.
    public var content: [UInt8] = []
  }

  private enum State {
    case new, commands, content, storing, handshake
    /// The handshake that the client begins will be met with the end of the connection.
    case doomedHandshake
    case ended
  }

  private let behaviour: Behaviour
  private let hostName: String
  private let client: String
  private let greylist: Greylist
  private var state = State.new
  private var lines = LineBuffer(limit: PeerLimits.command)
  private var steps: [Step] = []
  private var isEncrypted = false
  private var helo: String?
  private var sender: String?
  private var recipients: [String] = []
  private var content: [UInt8] = []
  private var isTooLarge = false
  /// How many bytes the message has that is being kept.
  private var storing = 0

  /// Whether the content of a message is being received.
  var isReceivingMessage: Bool { state == .content }

  /// How many of the client's bytes are held.
  var heldByteCount: Int {
    recipients.reduce(lines.count + content.count + storing) { $0 + $1.utf8.count }
  }

  /// Makes the session of a connection just accepted; its first step is the banner.
  ///
  /// - Parameters:
  ///   - behaviour: how the peer behaves.
  ///   - hostName: what it calls itself.
  ///   - client: the client's address, which a greylist looks at.
  ///   - greylist: what the peer has seen before.
  public init(behaviour: Behaviour, hostName: String, client: String, greylist: Greylist) {
    self.behaviour = behaviour
    self.hostName = hostName
    self.client = client
    self.greylist = greylist
  }

  /// Takes bytes from the client.
  public mutating func receive(_ bytes: some Sequence<UInt8>) {
    switch state {
    case .ended, .handshake: break
    case .doomedHandshake: finish(.end)
    case .new, .commands, .content, .storing: lines.append(bytes)
    }
  }

  /// The next thing to do, or nil until more bytes come or the owner answers.
  public mutating func next() -> Step? {
    if state == .new { begin() }
    while steps.isEmpty, state == .commands || state == .content, let line = lines.next() {
      switch (state, line) {
      case (.content, .text(let line)): take(content: line)
      case (.content, .tooLong): refuseContent()
      case (_, .text(let line)): take(command: line)
      case (_, .tooLong): say(500, "5.5.2 Line too long")
      }
    }
    return steps.isEmpty ? nil : steps.removeFirst()
  }

  /// The handshake is done: the client has to introduce itself again (RFC 3207 §4.2).
  public mutating func tlsEstablished() {
    isEncrypted = true
    helo = nil
    state = .commands
  }

  /// The message is kept under a name.
  public mutating func stored(as name: String) {
    awaitCommands()
    if behaviour.content == .dropped {
      finish(.end)
    } else {
      say(250, "2.0.0 Ok: queued as \(name)")
    }
  }

  /// The message could not be kept.
  public mutating func storingFailed() {
    awaitCommands()
    say(451, "4.3.0 Error: the mailbox cannot be written")
  }

  // MARK: Commands

  private mutating func begin() {
    state = .commands
    switch behaviour.banner {
    case .welcome: say(220, "\(hostName) ESMTP")
    case .refusal: say(554, "\(hostName) No SMTP service here")
    }
    if behaviour.fault == .halfClosed { steps.append(.finishWriting) }
  }

  private mutating func take(command line: [UInt8]) {
    let text = String(decoding: line, as: UTF8.self)
    let verb = text.prefix { $0 != " " && $0 != ":" }.uppercased()
    let argument = text.dropFirst(verb.count).trimmedBlanks
    if verb == "QUIT" {
      say(221, "2.0.0 \(hostName) closing connection")
      return finish(.end)
    }
    if behaviour.banner == .refusal { return say(503, "5.5.1 No SMTP service here") }
    if behaviour.fault == .reset, helo != nil { return finish(.reset) }
    switch verb {
    case "EHLO": hello(argument)
    case "HELO":
      helo = argument
      resetTransaction()
      say(250, hostName)
    case "STARTTLS": startTLS()
    case "MAIL": mail(argument)
    case "RCPT": rcpt(argument)
    case "DATA": data()
    case "RSET":
      resetTransaction()
      say(250, "2.0.0 Ok")
    case "NOOP": say(250, "2.0.0 Ok")
    case "VRFY": say(252, "2.0.0 Send some mail")
    default: unknown()
    }
  }

  private mutating func hello(_ name: String) {
    if behaviour.hello == .unknown { return unknown() }
    helo = name
    resetTransaction()
    var lines = [behaviour.hello == .misleading ? "STARTTLS \(hostName)" : hostName]
    lines += ["SIZE \(PeerLimits.content)", "8BITMIME"]
    if behaviour.startTLS != .missing, !isEncrypted { lines.append("STARTTLS") }
    steps.append(.reply(Reply(250, lines)))
  }

  private mutating func startTLS() {
    if isEncrypted { return say(503, "5.5.1 TLS is active already") }
    switch behaviour.startTLS {
    case .missing: return unknown()
    case .refused(let reply): return steps.append(.reply(reply))
    case .aborted: state = .doomedHandshake
    case .works: state = .handshake
    }
    lines.removeAll()
    resetTransaction()
    say(220, "2.0.0 Ready to start TLS")
    if state == .handshake { steps.append(.startTLS) }
  }

  private mutating func mail(_ argument: String) {
    guard sender == nil else { return say(503, "5.5.1 Nested MAIL command") }
    guard let path = argument.after("FROM:") else { return syntax("MAIL FROM:<address>") }
    sender = path
    say(250, "2.1.0 Ok")
  }

  private mutating func rcpt(_ argument: String) {
    guard let sender else { return say(503, "5.5.1 MAIL first") }
    guard let path = argument.after("TO:") else { return syntax("RCPT TO:<address>") }
    if behaviour.recipients == .greylisted, !greylist.knows([client, sender, path]) {
      return say(451, "4.7.1 Greylisted, try again later")
    }
    guard recipients.count < PeerLimits.recipients else {
      return say(452, "4.5.3 Too many recipients")
    }
    recipients.append(path)
    say(250, "2.1.5 Ok")
  }

  private mutating func data() {
    guard !recipients.isEmpty else { return say(503, "5.5.1 RCPT first") }
    state = .content
    // A message may be one single line.
    lines.limit = PeerLimits.content
    say(354, "End data with <CR><LF>.<CR><LF>")
  }

  private mutating func take(content line: [UInt8]) {
    if line != [UInt8(ascii: ".")] { return add(line) }
    if isTooLarge {
      awaitCommands()
      resetTransaction()
      return say(552, "5.3.4 Message size exceeds fixed limit")
    }
    let message = Message(
      helo: helo ?? "", sender: sender ?? "", recipients: recipients, content: content)
    storing = content.count
    resetTransaction()
    state = .storing
    steps.append(.store(message))
  }

  private mutating func add(_ line: [UInt8]) {
    guard !isTooLarge else { return }
    guard content.count + line.count + 2 <= PeerLimits.content else { return refuseContent() }
    content += line.first == UInt8(ascii: ".") ? line.dropFirst() : line[...]
    content += [13, 10]
  }

  /// What is too large is read to its end, and nothing of it is kept.
  private mutating func refuseContent() {
    isTooLarge = true
    content = []
  }

  private mutating func awaitCommands() {
    state = .commands
    lines.limit = PeerLimits.command
    storing = 0
  }

  // MARK: Replies

  private mutating func say(_ code: Int, _ text: String) { steps.append(.reply(Reply(code, text))) }

  private mutating func unknown() { say(502, "5.5.1 Command not recognized") }

  private mutating func syntax(_ form: String) { say(501, "5.5.4 Syntax: \(form)") }

  private mutating func finish(_ step: Step) {
    state = .ended
    steps.append(step)
  }

  private mutating func resetTransaction() {
    sender = nil
    recipients = []
    content = []
    isTooLarge = false
  }
}

extension StringProtocol {
  /// Without blanks at both ends.
  fileprivate var trimmedBlanks: String {
    let tail = drop { $0 == " " || $0 == "\t" }
    return String(String(tail.reversed()).drop { $0 == " " || $0 == "\t" }.reversed())
  }

  /// What follows a word, without blanks; nil when something else stands here, or nothing follows.
  fileprivate func after(_ word: String) -> String? {
    guard prefix(word.count).uppercased() == word else { return nil }
    let rest = dropFirst(word.count).trimmedBlanks
    return rest.isEmpty ? nil : rest
  }
}
