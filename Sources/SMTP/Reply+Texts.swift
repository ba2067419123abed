/// The texts of the appliance's listener, to the byte.
extension Reply {
  /// The banner of a listener that takes mail.
  ///
  /// - Parameters:
  ///   - hostName: the name of the interface, or the policy's banner name (G10).
  ///   - text: what the policy says in place of `ESMTP`; may have several lines.
  public static func banner(hostName: String, text: String = "") -> Reply {
    guard !text.isEmpty else { return Reply(220, "\(hostName) ESMTP") }
    return Reply(220, custom(text, after: hostName))
  }

  /// The banner of a listener that refuses the host.
  ///
  /// - Parameters:
  ///   - hostName: the name of the interface, or the policy's banner name.
  ///   - text: the policy's reason; empty for the usual one.
  public static func refusal(hostName: String, text: String = "") -> Reply {
    Reply(
      554,
      custom(text.isEmpty ? "Connections from your host are not accepted." : text, after: hostName))
  }

  private static func custom(_ text: String, after hostName: String) -> [String] {
    var lines = lines(of: text)
    lines[0] = "\(hostName) \(lines[0])"
    return lines
  }

  private static func lines(of text: String) -> [String] {
    text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.map(String.init)
  }

  /// Makes a reply of a text that an administrator wrote; it may have several lines.
  init(_ code: Int, splitting text: String) { self.init(code, Reply.lines(of: text)) }

  /// The answer to HELO.
  public static func hello(hostName: String) -> Reply { Reply(250, hostName) }

  /// The answer to EHLO.
  ///
  /// - Parameters:
  ///   - hostName: the name of the interface.
  ///   - maximumSize: the largest message, in bytes.
  ///   - offersTLS: whether STARTTLS is listed.
  public static func extensions(hostName: String, maximumSize: Int, offersTLS: Bool) -> Reply {
    Reply(250, [hostName, "8BITMIME", "SIZE \(maximumSize)"] + (offersTLS ? ["STARTTLS"] : []))
  }

  /// The answer to STARTTLS, the last clear line.
  public static let goAheadWithTLS = Reply(220, "Go ahead with TLS")
  /// STARTTLS while the service has no certificate that it can use.
  public static let tlsNotAvailable = Reply(454, "TLS not available due to a temporary reason")
  /// STARTTLS under TLS.
  public static let tlsAlreadyActive = Reply(503, "#5.5.1 TLS already active")
  /// A command before TLS where TLS is required.
  public static let mustStartTLS = Reply(530, "#5.7.0 Must issue a STARTTLS command first")
  /// MAIL before TLS of a sender for whom it is required.
  public static let senderMustStartTLS = Reply(
    530, "#5.7.0 This sender must issue a STARTTLS command first")

  /// The answer to NOOP.
  public static let ok = Reply(250, "ok")
  /// The answer to RSET.
  public static let reset = Reply(250, "reset")
  /// The answer to VRFY: neither yes nor no.
  public static let cannotVerify = Reply(252, "send some mail, and it will be tried")
  /// The answer to QUIT.
  public static func goodbye(hostName: String) -> Reply { Reply(221, hostName) }

  /// The answer to HELP: the commands in alphabetical order, four to a line.
  public static func help(commands: [String]) -> Reply {
    var lines = ["The following commands are recognized"]
    let sorted = commands.map { $0.lowercased() }.sorted()
    for start in stride(from: 0, to: sorted.count, by: 4) {
      lines.append(" " + sorted[start..<min(start + 4, sorted.count)].joined(separator: " "))
    }
    return Reply(214, lines)
  }

  /// A word that is no command here.
  public static let notRecognized = Reply(500, "#5.5.1 command not recognized")
  /// A line longer than the limit.
  public static let lineTooLong = Reply(500, "Line too long")
  /// EHLO or HELO without a name.
  public static func requiresDomain(_ verb: String) -> Reply {
    Reply(501, "#5.0.0 \(verb) requires domain address")
  }
  /// A command whose argument cannot be read.
  public static func syntaxError(in verb: String) -> Reply {
    Reply(501, "#5.5.2 syntax error in \(verb) command")
  }

  /// The listener is suspended.
  public static let suspended = Reply(421, "#4.3.2 Not accepting messages at this time")
  /// The server cannot take the connection at present.
  public static let cannotServe = Reply(421, "#4.3.0 Server Error")
  /// The server goes down (RFC 5321 §4.2.2).
  public static func shuttingDown(hostName: String) -> Reply {
    Reply(421, "\(hostName) Service not available, closing transmission channel")
  }

  /// Too many TLS connections in all.
  public static let tooManyTLSSessions = Reply(421, "#4.4.5 Too many TLS sessions at this time")
  /// Too many connections from one address.
  public static let tooManyFromHost = Reply(421, "#4.4.5 Too many connections from your host")
  /// Too many connections to the appliance.
  public static let tooManyToHost = Reply(421, "#4.4.5 Too many connections to this host")
  /// Too many connections to the listener.
  public static let tooManyToListener = Reply(421, "#4.4.5 Too many connections to this listener")
  /// A connection that lasted, or was silent, too long.
  public static let timeExceeded = Reply(421, "Exceeded allowable connection time")
  /// A connection with too many bad commands.
  public static let badCommandLimit = Reply(
    421, "Exceeded bad SMTP command limit, disconnecting")
}
