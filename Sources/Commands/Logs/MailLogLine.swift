/// A line of the mail log, as far as a search looks into it.
struct MailLogLine {
  /// What stands before the level.
  let date: String
  /// The first number behind each of the words MID, ICID, DCID.
  let numbers: [String: Int]
  private let text: Substring

  init(_ line: String) {
    // `Www Mmm dd hh:mm:ss yyyy Level: text`.
    let dateLength = 24
    date = String(line.prefix(dateLength))
    text = line.dropFirst(dateLength).drop { $0 != ":" }.dropFirst()
    var numbers: [String: Int] = [:]
    // What peers and senders say comes behind the first quote or bracket.
    let words = text.prefix { $0 != "'" && $0 != "\"" && $0 != "<" }.split(separator: " ")
    for (word, next) in zip(words, words.dropFirst()) where numbers[String(word)] == nil {
      if ["MID", "ICID", "DCID"].contains(word), let number = Int(next) {
        numbers[String(word)] = number
      }
    }
    self.numbers = numbers
  }

  /// The connections that the line names: `ICID 7`.
  var connections: [String] {
    ["ICID", "DCID"].compactMap { kind in numbers[kind].map { "\(kind) \($0)" } }
  }

  /// The text between two marks; up to the line's end when the second is empty.
  func text(between start: String, and end: String) -> Substring? {
    guard let opening = text.firstRange(of: start) else { return nil }
    let rest = text[opening.upperBound...]
    guard !end.isEmpty else { return rest }
    // The last one: a subject or an address may hold the mark itself.
    return rest.ranges(of: end).last.map { rest[..<$0.lowerBound] }
  }
}
