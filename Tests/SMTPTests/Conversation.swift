import SMTP

/// A client's side of a session without a network: what is sent, and all that comes back.
///
/// The owner's side says yes to whatever it is asked, unless `refusal` is set, and gives messages
/// the numbers from 12 on.
struct Conversation {
  var session: ServerSession
  /// The owner's answer to all questions in place of yes.
  var refusal: Reply?
  /// Every reply to what was sent last, as on the wire.
  private(set) var received = ""
  /// Every step so far.
  private(set) var steps: [ServerSession.Step] = []
  private(set) var messages: [ReceivedMessage] = []
  private(set) var isClosed = false
  private(set) var wantsTLS = false

  init(
    _ startTLS: ServerSettings.StartTLS = .offered,
    _ change: (inout ServerSettings) -> Void = { _ in }
  ) {
    var settings = ServerSettings(
      hostName: "mail.example.com", maximumSize: 33_554_432, startTLS: startTLS)
    change(&settings)
    session = ServerSession(settings: settings)
    pull()
  }

  /// Sends bytes and returns what comes back on them.
  @discardableResult
  mutating func send(_ bytes: some Sequence<UInt8>) -> String {
    received = ""
    session.receive(bytes)
    pull()
    return received
  }

  /// Sends a text and returns what comes back on it.
  @discardableResult
  mutating func send(_ text: String) -> String { send(Array(text.utf8)) }

  /// Sends STARTTLS and plays a handshake.
  mutating func startTLS() {
    send("STARTTLS\r\n")
    session.tlsEstablished()
    wantsTLS = false
    pull()
  }

  /// The contents of the messages that were accepted.
  var texts: [String] { messages.map { String(decoding: $0.content, as: UTF8.self) } }

  /// Why messages were given up.
  var abandonments: [ServerSession.Abandonment] {
    steps.compactMap { if case .abandoned(let reason) = $0 { reason } else { nil } }
  }

  private mutating func pull() {
    while let step = session.next() {
      steps.append(step)
      switch step {
      case .reply(let reply): received += reply.wire
      case .close(let reply):
        received += reply.wire
        isClosed = true
      case .startTLS: wantsTLS = true
      case .rejectedRecipient, .abandoned: break
      case .sender, .recipient, .data, .message: answer(step)
      }
    }
  }

  private mutating func answer(_ question: ServerSession.Step) {
    if let refusal {
      session.refuse(refusal)
      return
    }
    switch question {
    case .data: session.accept(header: Array("Received: here\r\n".utf8))
    case .message(let message):
      messages.append(message)
      session.accept(as: 11 + messages.count)
    default: session.accept()
    }
  }
}
