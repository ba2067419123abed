import Configuration
import Foundation

/// When the lists of each CRL source are looked for, by the appliance's calendar.
struct RevocationSchedule: Sendable {
  private struct Attempt {
    let origin: CRLSource.Origin
    let date: Date
  }

  private var last: [String: Attempt] = [:]

  /// The enabled sources whose time has come.
  ///
  /// Those are new ones, changed ones, and those whose interval is over; one that is updated by
  /// hand only is looked for once.
  func due(_ configuration: Configuration, at now: Date) -> [String] {
    configuration.crlSources.all.filter { name, source in
      guard source.isEnabled else { return false }
      guard let attempt = last[name], attempt.origin == source.origin else { return true }
      guard source.updateInterval > 0 else { return false }
      let passed = now.timeIntervalSince(attempt.date)
      // A calendar that was set back must not stop updates for as long.
      return passed < 0 || passed >= Double(source.updateInterval) * 60
    }.map(\.name)
  }

  /// Notes that a source was looked for.
  mutating func note(_ source: CRLSource, named name: String, at now: Date) {
    last[name] = Attempt(origin: source.origin, date: now)
  }

  /// Forgets what is no enabled source any more, so that it is new when it comes again.
  mutating func forgetAllBut(_ configuration: Configuration) {
    last = last.filter { configuration.crlSources[$0.key]?.isEnabled == true }
  }
}
