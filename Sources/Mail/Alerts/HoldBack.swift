import Foundation

/// Which of many alerts of the same kind are sent: the first at once, each later one only when a
/// wait is over that doubles from one to the next.
struct HoldBack {
  private struct State {
    var sentAt: Date
    var wait: TimeInterval
    var heldBack = 0
  }

  /// Kinds that are remembered; beyond them the one that was sent longest ago is forgotten.
  private static let keyLimit = 1000

  private var states: [String: State] = [:]

  /// Decides about an alert.
  ///
  /// - Parameters:
  ///   - key: what makes alerts duplicates of each other.
  ///   - now: on the appliance's calendar.
  ///   - first: seconds after the first alert; 0 sends every alert.
  ///   - longest: the most seconds to which that doubles.
  /// - Returns: how many were held back since the last one that was sent; nil when this one is.
  mutating func admit(_ key: String, at now: Date, first: Int, longest: Int) -> Int? {
    let (first, longest) = (TimeInterval(first), TimeInterval(max(first, longest)))
    // After a quiet time, and when the calendar was set back, the first one is a first one again.
    guard let state = states[key], now >= state.sentAt,
      now < state.sentAt + state.wait + longest
    else {
      remember(State(sentAt: now, wait: first), for: key)
      return 0
    }
    guard now >= state.sentAt + state.wait else {
      states[key]?.heldBack += 1
      return nil
    }
    remember(State(sentAt: now, wait: min(state.wait * 2, longest)), for: key)
    return state.heldBack
  }

  /// Forgets an alert that could not be sent.
  mutating func forget(_ key: String) { states[key] = nil }

  private mutating func remember(_ state: State, for key: String) {
    states[key] = state
    guard states.count > Self.keyLimit else { return }
    if let oldest = states.min(by: { $0.value.sentAt < $1.value.sentAt }) {
      states[oldest.key] = nil
    }
  }
}
