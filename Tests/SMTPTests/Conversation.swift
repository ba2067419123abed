import SMTP

/// A client's side of a session without a network: what is sent, and all that comes back.
struct Conversation {
  var session: ServerSession
  /// Every reply so far, as on the wire.
  private(set) var received = ""
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
  mutating func send(_ text: String) -> String {
    received = ""
    session.receive(text.utf8)
    pull()
    return received
  }

  /// Sends STARTTLS and plays a handshake.
  mutating func startTLS() {
    send("STARTTLS\r\n")
    session.tlsEstablished()
    wantsTLS = false
    pull()
  }

  private mutating func pull() {
    while let step = session.next() {
      switch step {
      case .reply(let reply): received += reply.wire
      case .close(let reply):
        received += reply.wire
        isClosed = true
      case .startTLS: wantsTLS = true
      }
    }
  }
}
