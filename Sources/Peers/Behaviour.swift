public import SMTP
public import TLS

/// How a remote server behaves: what of it differs from a good mail server, and at which point.
public struct Behaviour: Hashable, Sendable {
  /// What the server is there for.
  public enum Application: Hashable, Sendable {
    /// SMTP.
    case mail
    /// HTTPS: the web security service.
    case web
  }

  /// The banner.
  public enum Banner: Hashable, Sendable {
    /// 220.
    case welcome
    /// 554; every command but QUIT is refused (RFC 5321 §3.1).
    case refusal
  }

  /// The answer to EHLO; HELO is always understood.
  public enum Hello: Hashable, Sendable {
    /// The list of extensions.
    case extensions
    /// 502: the server speaks no ESMTP.
    case unknown
    /// A list without STARTTLS whose first line, which is no extension, carries the word.
    case misleading
  }

  /// What becomes of STARTTLS.
  public enum StartTLS: Hashable, Sendable {
    /// It is listed, and the handshake follows its 220.
    case works
    /// It is not listed, and the command is unknown.
    case missing
    /// It is listed, and refused.
    case refused(Reply)
    /// It is listed and answered with 220; what the client sends then is met with the end of the
    /// connection.
    case aborted
  }

  /// The certificate that is shown, and what is sent after it.
  public enum Presentation: Hashable, Sendable {
    case good, selfSigned, expired, notYetValid, wrongName
    /// The root comes before the intermediate that it certified.
    case wrongOrder
    case duplicateIntermediate, missingIntermediate, expiredIntermediate, revoked
    /// A good certificate for another key than the one kept for the host, which DNS names.
    case otherKey
  }

  /// What becomes of recipients.
  public enum Recipients: Hashable, Sendable {
    /// All are taken.
    case accepted
    /// 451 when client, sender and recipient come together for the first time.
    case greylisted
  }

  /// What follows the final dot.
  public enum Content: Hashable, Sendable {
    /// 250.
    case accepted
    /// The message is kept, and the connection ends without a reply.
    case dropped
  }

  /// How replies come.
  public enum Pace: Hashable, Sendable {
    /// At once.
    case prompt
    /// Each after a while.
    case delayed(Duration)
    /// One byte at a time, each after a while.
    case trickling(Duration)
    /// Not at all.
    case silent
  }

  /// What becomes of the connection.
  public enum Fault: Hashable, Sendable {
    /// Nothing.
    case none
    /// It is reset at the first command after the answer to EHLO or HELO.
    case reset
    /// The server ends its own direction behind the banner, and goes on reading.
    case halfClosed
  }

  /// Its name, as users type it.
  public let name: String
  /// One sentence for users.
  public let summary: String
  /// What it is there for.
  public var application = Application.mail
  /// What it says first.
  public var banner = Banner.welcome
  /// How it answers EHLO.
  public var hello = Hello.extensions
  /// What becomes of STARTTLS.
  public var startTLS = StartTLS.works
  /// The oldest and the newest version of TLS.
  public var versions = ProtocolVersion.tls12...ProtocolVersion.tls13
  /// An OpenSSL cipher list for versions up to 1.2; nil for the library's own.
  public var ciphers: String?
  /// The certificate that it shows.
  public var presentation = Presentation.good
  /// Whether clients must show a certificate that the lab's authority stands behind.
  public var demandsCertificate = false
  /// What becomes of recipients.
  public var recipients = Recipients.accepted
  /// What follows the final dot.
  public var content = Content.accepted
  /// How its replies come.
  public var pace = Pace.prompt
  /// What becomes of the connection.
  public var fault = Fault.none

  /// The port at which servers of its kind are looked for.
  public var usualPort: Int { application == .web ? 443 : 25 }

  init(_ name: String, _ summary: String, _ change: (inout Behaviour) -> Void = { _ in }) {
    self.name = name
    self.summary = summary
    change(&self)
  }
}
