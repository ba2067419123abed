import SMTP

/// One try to deliver an item on a connection, and what its replies mean.
struct DeliveryAttempt: Sendable {
  /// What became of one recipient, before the retry schedule has had its say.
  enum Verdict: Hashable, Sendable {
    /// The peer took it, with these words.
    case delivered(String)
    /// It is to be tried again.
    case delayed(BounceReason)
    /// It is refused for good.
    case refused(BounceReason)
  }

  /// What an attempt found out.
  struct Report: Sendable {
    let item: DeliveryItem
    let connection: DeliveryConnectionID
    /// One for each recipient of the item.
    let verdicts: [Verdict]
  }

  let item: DeliveryItem
  let connection: DeliveryConnectionID

  /// What a whole transaction means.
  ///
  /// - Parameter replies: one for each recipient of the item.
  func report(_ replies: [RecipientReply]) -> Report {
    Report(item: item, connection: connection, verdicts: replies.map(Self.verdict))
  }

  /// What a transaction means that the end of the connection cut short.
  ///
  /// - Parameters:
  ///   - loss: what was known until then.
  ///   - possibleDelivery: whether a message counts as delivered if the peer may have it.
  func report(_ loss: ConnectionLoss, possibleDelivery: Bool) -> Report {
    let reason = BounceReason(
      status: "4.4.0 - Other network problem", code: "000",
      lines: [ConnectionErrorDetails(loss.cause).text])
    let isTaken = loss.isOutcomeUnknown && possibleDelivery
    let verdicts = item.recipients.indices.map { index -> Verdict in
      if index < loss.replies.count, let reply = loss.replies[index], reply.reply.code >= 400 {
        return Self.verdict(reply)
      }
      return isTaken ? .delivered("possible delivery") : .delayed(reason)
    }
    return Report(item: item, connection: connection, verdicts: verdicts)
  }

  private static func verdict(_ reply: RecipientReply) -> Verdict {
    switch reply.reply.code {
    case 200..<300: .delivered(reply.reply.lines.joined(separator: " "))
    case 500...: .refused(BounceReason(reply))
    default: .delayed(BounceReason(reply))
    }
  }
}

extension DeliveryAttempt.Report {
  /// The same became of all recipients, and no peer has heard of it.
  init(withoutConnection item: DeliveryItem, _ verdict: DeliveryAttempt.Verdict) {
    self.init(item: item, connection: .none, verdicts: item.recipients.map { _ in verdict })
  }
}

extension BounceReason {
  /// A peer's refusal; the status is the appliance's reading of it, the peer's own code stays in
  /// its lines.
  init(_ reply: RecipientReply) {
    let text =
      switch (reply.reply.code, reply.stage) {
      case (421, _): "3.2 - Not accepting messages at this time"
      case (_, .rcpt), (_, .mail): "1.0 - Unknown address error"
      case (_, .data): "3.0 - Other mail system problem"
      }
    self.init(
      status: "\(reply.reply.code / 100).\(text)", code: "\(reply.reply.code)",
      lines: reply.reply.lines)
  }

  /// A domain to which mail cannot be brought.
  init(_ failure: RoutingFailure) {
    self.init(status: failure.status, code: "000", lines: [failure.text])
  }
}
