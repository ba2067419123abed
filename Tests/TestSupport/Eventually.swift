/// A condition that did not come true in time.
public struct TimedOut: Error, CustomStringConvertible {
  /// What was waited for.
  public let description: String
}

/// Waits until a condition holds, looking every 2 ms.
///
/// - Parameters:
///   - what: what is waited for, for the failure's text.
///   - within: the most real time to wait: a check for hangs, not for speed.
///   - condition: is asked at least twice, the last time at the deadline.
/// - Throws: `TimedOut`, or what the condition throws.
public func eventually(
  _ what: String, within limit: Duration = .seconds(60), _ condition: () async throws -> Bool
) async throws {
  let deadline = ContinuousClock.now + limit
  while ContinuousClock.now < deadline {
    if try await condition() { return }
    try await Task.sleep(for: .milliseconds(2))
  }
  guard try await condition() else { throw TimedOut(description: "Not within \(limit): \(what)") }
}
