import Control
import Dialogue
import Foundation

/// `status`: counters and gauges of the mail flow.
struct MailStatusCommand {
  let context: CommandContext

  func run() async throws {
    guard context.arguments.isEmpty || context.arguments.map({ $0.lowercased() }) == ["detail"]
    else { throw InvalidArguments() }
    let isDetailed = !context.arguments.isEmpty
    let status = try await context.mailStatus()
    var lines: [String] = []
    if !isDetailed { lines += ["", "Enter \"status detail\" for more information."] }
    lines += [
      "", heading(status), "", counters(status, isDetailed: isDetailed), "", gauges(status),
    ]
    try await context.conversation.page(lines.joined(separator: "\n"))
  }

  private func heading(_ status: MailStatus) -> String {
    """
    Status as of:                  \(DateText.full(context.now))
    Up since:                      \(DateText.full(status.upSince)) \
    (\(DurationText.short(context.now.timeIntervalSince(status.upSince))))
    Last counter reset:            Never
    System status:                 \(status.systemStatus)
    Oldest Message:                \
    \(status.oldestMessage.map { DurationText.long(context.now.timeIntervalSince($0)) }
      ?? "No Messages")
    """
  }

  private func counters(_ status: MailStatus, isDetailed: Bool) -> String {
    var rows = [
      ("  Receiving", nil), ("    Messages Received", status.messagesReceived),
      ("    Recipients Received", status.recipientsReceived),
      ("  Rejection", nil), ("    Rejected Recipients", status.recipientsRejected),
      ("  Queue", nil), ("    Soft Bounced Events", status.softBounced),
      ("  Completion", nil),
      ("    Completed Recipients", status.hardBounced + status.delivered + status.deleted),
    ]
    if isDetailed {
      rows += [
        ("      Hard Bounced Recipients", status.hardBounced),
        ("      Delivered Recipients", status.delivered),
        ("      Deleted Recipients", status.deleted),
      ]
    }
    rows += [
      ("  Current IDs", nil), ("    Message ID (MID)", status.lastMessage),
      ("    Injection Conn. ID (ICID)", status.lastInjectionConnection),
      ("    Delivery Conn. ID (DCID)", status.lastDeliveryConnection),
    ]
    return (["Counters:                                          Uptime"] + rows.map(line))
      .joined(separator: "\n")
  }

  private func gauges(_ status: MailStatus) -> String {
    let rows = [
      ("  Connections", nil), ("    Current Inbound Conn.", status.inboundConnections),
      ("    Current Outbound Conn.", status.outboundConnections),
      ("  Queue", nil),
      ("    Active Recipients", status.activeRecipients + status.delayedRecipients),
      ("      Unattempted Recipients", status.activeRecipients),
      ("      Attempted Recipients", status.delayedRecipients),
      ("    Kilobytes Used", status.queuedBytes >> 10),
      ("    Kilobytes Free", status.freeBytes >> 10),
    ]
    return (["Gauges:                                           Current"] + rows.map(line))
      .joined(separator: "\n")
  }

  private func line(_ title: String, _ number: Int?) -> String {
    guard let number else { return title }
    return title.padded(to: 41) + NumberText.grouped(number).padded(to: 16, atStart: true)
  }
}

extension MailStatus {
  /// Whether mail comes in and goes out, in the appliance's words.
  fileprivate var systemStatus: String {
    switch (suspendedListeners.isEmpty, isDeliverySuspended) {
    case (true, false): "Online"
    case (false, false): "Receiving suspended"
    case (true, true): "Delivery suspended"
    case (false, true): "Offline"
    }
  }
}
