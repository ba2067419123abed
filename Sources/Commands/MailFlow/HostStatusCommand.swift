import Control
import Dialogue
import Foundation

/// `hoststatus`: how it stands with a destination; where one looks first when mail stays.
struct HostStatusCommand {
  let context: CommandContext
  var c: Conversation { context.conversation }

  func run() async throws {
    let domain: String
    switch context.arguments.count {
    case 0: domain = try await c.ask("Recipient host:")
    case 1: domain = context.arguments[0]
    default: throw InvalidArguments()
    }
    guard let status = try await context.ask(.hostStatus(domain.lowercased())).host else {
      throw OperationFailed("The engine does not tell how it stands with \"\(domain)\".")
    }
    try await c.page(
      [heading(status), counters(status), exchangers(status), errors(status)]
        .joined(separator: "\n\n"))
  }

  private func heading(_ status: HostStatus) -> String {
    """

    Host mail status for: '\(status.domain)'
    Status as of:         \(DateText.full(context.now))
    Host up/down:         \(status.state.rawValue)
    """
  }

  private func counters(_ status: HostStatus) -> String {
    let rows: [(String, Int?)] = [
      ("Counters:", nil), ("  Queue", nil), ("    Soft Bounced Events", status.softBounced),
      ("  Completion", nil), ("    Completed Recipients", status.hardBounced + status.delivered),
      ("      Hard Bounced Recipients", status.hardBounced),
      ("      Delivered Recipients", status.delivered),
      ("Gauges:", nil), ("  Queue", nil), ("    Active Recipients", status.activeRecipients),
      ("  Connections", nil), ("    Current Outbound Connections", status.connections),
    ]
    let lines = rows.map { title, number in
      number.map {
        title.padded(to: 41) + NumberText.grouped($0).padded(to: 8, atStart: true)
      } ?? title
    }
    let oldest = status.oldest.map { DurationText.long(context.now.timeIntervalSince($0)) }
    let next = status.nextAttempt.map(DateText.full)
    return
      (lines + [
        "", "Oldest Message:       \(oldest ?? "No Messages")",
        "Next attempt:         \(next ?? "None due")",
      ]).joined(separator: "\n")
  }

  private func exchangers(_ status: HostStatus) -> String {
    guard !status.exchangers.isEmpty else { return "MX Records:\nNot looked up yet." }
    let rows = status.exchangers.map { host in
      "\(host.preference)".padded(to: 13)
        + (host.ttl.map { DurationText.short(TimeInterval($0)) } ?? "-").padded(to: 13)
        + host.name.padded(to: 30) + " " + host.addresses.joined(separator: " ")
    }
    return
      (["MX Records:", "Preference   TTL          Hostname                       IPs"] + rows)
      .joined(separator: "\n")
  }

  private func errors(_ status: HostStatus) -> String {
    [("Last 5XX Error:", status.lastPermanentError), ("Last TLS Error:", status.lastTLSError)]
      .map { title, event in
        guard let event else { return "\(title)\n----------\nNone\n----------" }
        return "\(title)\n----------\n\(event.text)\n(at \(DateText.full(event.date)))\n----------"
      }.joined(separator: "\n")
  }
}
