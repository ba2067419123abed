import Foundation
import GRDB

/// An alert as `displayalerts` shows it.
struct RecordedAlert: Hashable, Sendable {
  /// When it was raised, on the appliance's calendar.
  var date: Date
  /// The class, such as `System`.
  var category: String
  /// The severity, such as `Warning`.
  var severity: String
  /// What happened.
  var text: String

  /// The most alerts that are kept.
  static let limit = 50
}

extension RecordedAlert {
  init(_ alert: Alert, date: Date) {
    self.init(
      date: date, category: alert.category, severity: alert.severity, text: alert.text)
  }
}

extension QueueTransaction {
  /// Keeps an alert, and forgets those before the last fifty.
  func record(_ alert: RecordedAlert) throws {
    try run(
      "INSERT INTO alert (date, category, severity, text) VALUES (?, ?, ?, ?)",
      [alert.date.timeIntervalSince1970, alert.category, alert.severity, alert.text])
    try run(
      "DELETE FROM alert WHERE number <= (SELECT max(number) FROM alert) - ?",
      [RecordedAlert.limit])
  }

  /// The alerts that are kept, newest first.
  func alerts() throws -> [RecordedAlert] {
    try Row.fetchAll(database, sql: "SELECT * FROM alert ORDER BY number DESC").map { row in
      RecordedAlert(
        date: Date(timeIntervalSince1970: row["date"]), category: row["category"],
        severity: row["severity"], text: row["text"])
    }
  }
}
