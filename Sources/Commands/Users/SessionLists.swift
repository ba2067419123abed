import Configuration
import ConfigurationStore
import Dialogue
import Foundation

/// `who`: the sessions that are held on the appliance, through whatever process.
struct Who {
  let context: CommandContext

  func run() async throws {
    guard context.arguments.isEmpty else { throw InvalidArguments() }
    let users = try await context.session.store.committed().configuration.users
    let rows = try await context.appliance.sessions.present().map { login in
      [
        login.user, users[login.user]?.role.group(of: login.user) ?? "none",
        DateText.clock(login.began), DurationText.short(login.idleSeconds), login.origin, "cli",
      ]
    }
    try await context.conversation.page(
      UnderlinedTable(
        ["Username", "Role", "Login Time", "Idle Time", "Remote Host", "What"], rows
      ).text)
  }
}

/// `last`: the last logins, newest first.
struct LastLogins {
  let context: CommandContext

  func run() async throws {
    guard context.arguments.isEmpty else { throw InvalidArguments() }
    let rows = try await context.appliance.sessions.logins().map { login in
      [
        login.user, login.origin, DateText.minute(login.began),
        login.ended.map(DateText.minute) ?? "still logged in",
        DurationText.minutes((login.ended ?? context.now).timeIntervalSince(login.began)),
      ]
    }
    try await context.conversation.page(
      UnderlinedTable(
        ["Username", "Remote Host", "Login Time", "Logout Time", "Total Time"], rows
      ).text)
  }
}

/// Rows under headings and lines of equals signs, as `who` and `last` have them.
struct UnderlinedTable {
  let text: String

  init(_ titles: [String], _ rows: [[String]]) {
    let widths = titles.indices.map { column in
      rows.map { $0[column].count }.reduce(titles[column].count, max)
    }
    let lines = [titles, widths.map { String(repeating: "=", count: $0) }] + rows
    text =
      ([""]
      + lines.map { row in
        var line = zip(row, widths).map { $0.padded(to: $1) }.joined(separator: "  ")
        while line.last == " " { line.removeLast() }
        return line
      }).joined(separator: "\n")
  }
}
