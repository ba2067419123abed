public import PKI

/// What a sender of the outside world finds at one address of a mail server.
public struct ServerCheck: Sendable {
  /// A step of the way to an encrypted delivery, in order.
  public enum Step: String, CaseIterable, Sendable {
    /// The server takes the connection.
    case answer
    /// Its banner is a welcome (220).
    case connect
    /// It answers EHLO, or HELO where it does not know that.
    case hello
    /// It lists STARTTLS, and says that it is ready.
    case startTLS
    /// TLS is there, its certificate leads to a trusted authority, and bears the host's name.
    case certificate
    /// It answers EHLO under TLS.
    case secure
    /// It takes the sender.
    case sender
    /// It takes the recipient.
    case recipient
  }

  /// What became of a step that was tried and went well.
  public struct Success: Hashable, Sendable {
    /// How long it took.
    public let time: Duration

    /// Makes it.
    public init(time: Duration) { self.time = time }
  }

  /// A line of the conversation.
  public struct Line: Hashable, Sendable {
    /// Who says it.
    public enum Kind: String, Hashable, Sendable {
      /// The visitor.
      case sent
      /// The server.
      case received
      /// The visitor, under TLS.
      case sentEncrypted = "sent-encrypted"
      /// The server, under TLS.
      case receivedEncrypted = "received-encrypted"
      /// What happened besides.
      case note
      /// Why a step went wrong.
      case failure
      /// What a certificate says.
      case certificate
      /// A certificate, or its name, is right.
      case verified
      /// A certificate, or its name, is not.
      case notVerified = "not-verified"
    }

    /// Since the beginning.
    public let time: Duration
    /// Who says it.
    public let kind: Kind
    /// The line without its end; a stranger's words.
    public let text: String

    /// Makes a line.
    public init(time: Duration, kind: Kind, text: String) {
      self.time = time
      self.kind = kind
      self.text = text
    }
  }

  /// What was agreed on.
  public struct Encryption: Hashable, Sendable {
    /// Such as `TLSv1.3`.
    public let protocolName: String
    /// Such as `TLS_AES_256_GCM_SHA384`.
    public let cipher: String
    /// The certificates in the order sent.
    public let certificates: [PresentedCertificate]
    /// Whether the first one bears the host's name.
    public let isNameRight: Bool

    /// Makes it.
    public init(
      protocolName: String, cipher: String, certificates: [PresentedCertificate],
      isNameRight: Bool
    ) {
      self.protocolName = protocolName
      self.cipher = cipher
      self.certificates = certificates
      self.isNameRight = isNameRight
    }

    /// Whether the chain is good and the name is right.
    public var isVerified: Bool {
      isNameRight && !certificates.isEmpty && certificates.allSatisfy { $0.fault == nil }
    }
  }

  /// A certificate that the server sent.
  public struct PresentedCertificate: Hashable, Sendable {
    /// The certificate.
    public let certificate: Certificate
    /// What OpenSSL has against it, in words; nil when nothing.
    public let fault: String?

    /// Makes it.
    public init(certificate: Certificate, fault: String?) {
      self.certificate = certificate
      self.fault = fault
    }
  }

  /// The host's name; its address where it has no name.
  public let host: String
  /// Nil when the host has none, which `lines` say.
  public let address: String?
  /// The TCP port.
  public let port: Int
  /// The MX preference.
  public let preference: Int
  /// The steps that went well; the others went wrong, or were not come to.
  public var successes: [Step: Success]
  /// Nil when there was no TLS.
  public var encryption: Encryption?
  /// What was said.
  public var lines: [Line]

  /// Makes the findings.
  public init(
    host: String, address: String?, port: Int = 25, preference: Int,
    successes: [Step: Success] = [:], encryption: Encryption? = nil, lines: [Line] = []
  ) {
    self.host = host
    self.address = address
    self.port = port
    self.preference = preference
    self.successes = successes
    self.encryption = encryption
    self.lines = lines
  }
}
