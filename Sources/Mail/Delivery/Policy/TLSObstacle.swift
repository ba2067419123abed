/// What may come between a connection and TLS, in the order of the conversation.
enum TLSObstacle: Hashable, Sendable, CaseIterable {
  /// The peer speaks no ESMTP.
  case helloRefused
  /// It does not list STARTTLS.
  case notListed
  /// It answers STARTTLS with 4xx or 5xx.
  case refused
  /// The handshake failed after 220, for whatever reason; also bytes glued to the 220.
  case handshakeFailed
  /// The handshake is over, and chain or name did not verify.
  case unverified
}

/// What follows from an obstacle.
struct TLSConsequence: Hashable, Sendable {
  /// How the mail goes on.
  enum Next: Hashable, Sendable {
    /// On this connection, in clear text.
    case clear
    /// On this connection, encrypted.
    case encrypted
    /// Not here: the next host is tried, else the message waits.
    case notHere
  }

  /// The lines for mail_logs, by kind; their texts are `MailLogLines`'.
  enum Line: Hashable, Sendable {
    /// `STARTTLS command not supported`.
    case commandNotSupported
    /// `Connection Error: … reason: unexpected SMTP response`.
    case connectionError
    /// `TLS failed: STARTTLS unexpected response`.
    case unexpectedResponse
    /// `TLS failed: ` and what OpenSSL or the network says.
    case handshakeFailed
    /// `TLS failed: verify error: hostname mismatch`.
    case nameMismatch
    /// `TLS success …`.
    case success
    /// `TLS unverified: ` and the reason.
    case unverified
    /// `DANE failed for D: ` and the reason.
    case daneFailed
    /// `TLS was required but could not be successfully negotiated`.
    case required
  }

  /// How the mail goes on.
  let next: Next
  /// What is logged, in this order.
  let lines: [Line]
  /// Whether it raises the alert, if the switch is on; once for an attempt of all hosts (G15).
  let alerts: Bool
}

extension DeliveryTLS {
  /// What follows from an obstacle on a connection that tries TLS.
  func consequence(of obstacle: TLSObstacle) -> TLSConsequence {
    switch obstacle {
    case .helloRefused, .notListed:
      requiresEncryption
        ? notHere([.commandNotSupported], isRequirementNamed: true)
        : TLSConsequence(next: .clear, lines: [.commandNotSupported], alerts: false)
    case .refused:
      requiresEncryption
        ? notHere([.connectionError, .unexpectedResponse], isRequirementNamed: false)
        : TLSConsequence(next: .clear, lines: [.unexpectedResponse], alerts: false)
    case .handshakeFailed:
      notHere([.handshakeFailed], isRequirementNamed: requiresEncryption)
    case .unverified:
      requiresVerification
        ? notHere([.nameMismatch], isRequirementNamed: requiresEncryption)
        : TLSConsequence(next: .encrypted, lines: [.success, .unverified], alerts: false)
    }
  }

  private func notHere(_ lines: [TLSConsequence.Line], isRequirementNamed: Bool)
    -> TLSConsequence
  {
    TLSConsequence(
      next: .notHere,
      lines: lines + (chainCheck == .dane ? [.daneFailed] : [])
        + (isRequirementNamed ? [.required] : []),
      alerts: alertsOnFailure)
  }
}
