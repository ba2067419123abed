/// How long a server took for each of its answers, found out from the lines of a conversation.
struct ExchangeTimes {
  /// The steps that there are answers for.
  private(set) var bySteps: [ServerCheck.Step: Duration] = [:]

  /// - Parameter connected: when the server had answered.
  init(_ lines: [ServerCheck.Line], since connected: Duration) {
    var step: ServerCheck.Step? = .connect
    var start = connected
    var ready = Duration.zero
    for line in lines {
      switch line.kind {
      case .sent, .sentEncrypted:
        step = Self.step(of: line)
        start = line.time
      case .received, .receivedEncrypted:
        ready = line.time
        if let step { bySteps[step] = line.time - start }
      case .note:
        // The first word after the server was ready for TLS: what lies between is the handshake.
        if step == .startTLS, bySteps[.certificate] == nil {
          bySteps[.certificate] = line.time - ready
        }
      case .failure, .certificate, .verified, .notVerified: break
      }
    }
  }

  private static func step(of line: ServerCheck.Line) -> ServerCheck.Step? {
    switch line.text.prefix(4).uppercased() {
    case "EHLO", "HELO": line.kind == .sent ? .hello : .secure
    case "STAR": .startTLS
    case "MAIL": .sender
    case "RCPT": .recipient
    default: nil
    }
  }
}
