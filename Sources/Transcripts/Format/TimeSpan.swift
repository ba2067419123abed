/// A time as people write it: `90s`, `30m`, `12h`, `30d`, `2w`, or several together.
public struct TimeSpan: Hashable, Sendable {
  /// The longest that makes sense for a calendar: 100 years.
  public static let limit = 100 * 366 * 86_400

  /// How long it is.
  public let seconds: Int

  /// Reads a time; nil for a text that is none, or longer than the limit.
  public init?(_ text: some StringProtocol) {
    var rest = Substring(text)
    var total = 0
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(digits.count)
      guard let number = Int(digits), number <= 1_000_000_000, let unit = rest.popFirst(),
        let length = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800][unit]
      else { return nil }
      total += number * length
      guard total <= Self.limit else { return nil }
    }
    guard !text.isEmpty else { return nil }
    seconds = total
  }
}
