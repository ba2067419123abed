import Foundation

/// How near each certificate was to its end when it was looked at last.
///
/// A certificate is told of when it has 90, 60, 30, 15, 5, 4, 3, 2 and 1 days left, and when it has
/// expired. One that is new is only noted: whoever uploads it sees how long it is good.
struct ExpiryRecord: Codable, Hashable, Sendable {
  /// Days before the end.
  static let milestones = [90, 60, 30, 15, 5, 4, 3, 2, 1, 0]

  /// How many milestones each certificate has behind it.
  private var passed: [String: Int] = [:]

  /// Looks at all certificates, and forgets those that are gone.
  ///
  /// - Parameter now: on the appliance's calendar.
  /// - Returns: an alert for each certificate that has passed a milestone, or several, since the
  ///   last look.
  mutating func look(at terms: [CertificateTerm], now: Date) -> [Alert] {
    var alerts: [Alert] = []
    var present: [String: Int] = [:]
    for term in terms {
      let key = "\(term.profile) \(term.fingerprint)"
      let left = term.end.timeIntervalSince(now)
      let count = Self.milestones.count { left <= TimeInterval($0) * 86_400 }
      present[key] = count
      if let before = passed[key], count > before { alerts.append(.expiry(of: term, at: now)) }
    }
    passed = present
    return alerts
  }
}

extension Alert {
  /// A certificate ends soon, or has ended.
  fileprivate static func expiry(of term: CertificateTerm, at now: Date) -> Alert {
    let days = Int((term.end.timeIntervalSince(now) / 86_400).rounded(.up))
    let isOver = days <= 0
    let change =
      isOver ? "has expired" : "will expire in \(days) \(days == 1 ? "day" : "days")"
    let use =
      term.services.isEmpty
      ? "No service uses it." : "It is used by: \(term.services.joined(separator: ", "))."
    return Alert(
      category: "System", severity: isOver ? "Critical" : "Warning",
      text: "The certificate \"\(term.profile)\" (\(term.commonName)) \(change)."
        + " It \(isOver ? "was" : "is") valid until \(MailText.date(term.end)). \(use)",
      key: "expiry \(term.profile) \(term.fingerprint) \(days)")
  }
}
