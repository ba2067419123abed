import Reports

/// How far a learner is, as a bar of one line: `█████░░░ 5/8`.
public struct ProgressBar: Hashable, Sendable {
  private let passed: Int
  private let all: Int
  private static let width = 20

  /// Draws what was reached in a lab.
  public init(of progress: LabProgress) {
    passed = progress.passed.count
    all = progress.checks
  }

  /// The bar and the numbers.
  public var text: String {
    let filled = all == 0 ? 0 : Self.width * passed / all
    return String(bar: Self.width, filled: filled) + " \(passed)/\(all)"
  }
}
