import SMTP

/// A server's side of a client session without a network: what it is sent, and all steps.
struct ClientConversation {
  var session = ClientSession(hostName: "mail.example.com")
  /// The steps since the last bytes or the last decision.
  private(set) var steps: [ClientSession.Step] = []

  /// The server says something; returns what the client does about it.
  @discardableResult
  mutating func say(_ text: String) -> [ClientSession.Step] {
    session.receive(text.utf8)
    return pull()
  }

  /// The owner decides something.
  @discardableResult
  mutating func decide(_ decision: (inout ClientSession) -> Void) -> [ClientSession.Step] {
    decision(&session)
    return pull()
  }

  /// Says banner and EHLO reply.
  mutating func introduce(_ keywords: String...) {
    say("220 peer.example ESMTP\r\n")
    let lines = ["peer.example"] + keywords
    for (index, line) in lines.enumerated() {
      say("250\(index == lines.count - 1 ? " " : "-")\(line)\r\n")
    }
  }

  private mutating func pull() -> [ClientSession.Step] {
    steps = []
    while let step = session.next() { steps.append(step) }
    return steps
  }
}

extension ClientEnvelope {
  /// A message of 100 bytes.
  static func sample(_ recipients: String...) -> ClientEnvelope {
    ClientEnvelope(sender: "a@example.com", recipients: recipients, size: 100)
  }
}
