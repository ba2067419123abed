public import Mail

/// The columns of a report, and what each counts for.
public enum CheckColumns: String, CaseIterable, Sendable {
  /// Answer, Connect, HELO, TLS, Cert, Secure, From.
  case new
  /// Connect, Allowed, Can Use, TLS Adv, Cert OK, TLS Neg, Sndr OK, Rcvr OK.
  case old

  /// One column.
  public struct Column: Hashable, Sendable {
    /// Its heading.
    public let title: String
    /// The step that it shows.
    public let step: ServerCheck.Step
    /// What the step counts for; those of all columns make 100.
    public let points: Int
  }

  /// The columns from left to right.
  public var columns: [Column] {
    switch self {
    case .new:
      [
        Column(title: "Answer", step: .answer, points: 10),
        Column(title: "Connect", step: .connect, points: 10),
        Column(title: "HELO", step: .hello, points: 10),
        Column(title: "TLS", step: .startTLS, points: 30),
        Column(title: "Cert", step: .certificate, points: 10),
        Column(title: "Secure", step: .secure, points: 20),
        Column(title: "From", step: .sender, points: 10),
      ]
    case .old:
      [
        Column(title: "Connect", step: .answer, points: 10),
        Column(title: "Allowed", step: .connect, points: 10),
        Column(title: "Can Use", step: .hello, points: 10),
        Column(title: "TLS Adv", step: .startTLS, points: 30),
        Column(title: "Cert OK", step: .certificate, points: 10),
        Column(title: "TLS Neg", step: .secure, points: 20),
        Column(title: "Sndr OK", step: .sender, points: 5),
        Column(title: "Rcvr OK", step: .recipient, points: 5),
      ]
    }
  }
}
