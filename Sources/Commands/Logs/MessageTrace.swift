/// What a mail log tells of one message: its own lines, and those of the connections that carried
/// it.
struct MessageTrace {
  /// Which line names the message that is looked for.
  enum Key: Sendable {
    case sender, messageID, subject, recipient

    /// What a line tells of it; nil when it is of another kind.
    fileprivate func value(of line: MailLogLine) -> Substring? {
      // The envelope stands in the lines of the connection that brought it; those of delays and
      // bounces name sender and recipient again, and reasons behind them.
      let isEnvelope = line.numbers["ICID"] != nil
      return switch self {
      case .sender: isEnvelope ? line.text(between: " From: <", and: ">") : nil
      case .messageID: line.text(between: " Message-ID '", and: "'")
      case .subject: line.text(between: " Subject ", and: "")
      case .recipient: isEnvelope ? line.text(between: " To: <", and: ">") : nil
      }
    }
  }

  /// A message that was found.
  struct Found: Sendable {
    let message: Int
    let date: String
    let value: String
  }

  /// The messages of which a log tells what is looked for, oldest first, each once.
  static func messages(in lines: [String], by key: Key, _ pattern: LinePattern) -> [Found] {
    var found: [Found] = []
    var known: Set<Int> = []
    for line in lines {
      let line = MailLogLine(line)
      guard let message = line.numbers["MID"], let value = key.value(of: line),
        pattern.matches(String(value)), known.insert(message).inserted
      else { continue }
      found.append(Found(message: message, date: line.date, value: String(value)))
    }
    return found
  }

  /// All lines about a message and the connections on which it came and went.
  static func lines(about message: Int, in lines: [String]) -> [String] {
    let parsed = lines.map(MailLogLine.init)
    var connections: Set<String> = []
    for line in parsed where line.numbers["MID"] == message {
      for kind in ["ICID", "DCID"] {
        if let number = line.numbers[kind] { connections.insert("\(kind) \(number)") }
      }
    }
    return parsed.filter { line in
      if let number = line.numbers["MID"] { return number == message }
      return ["ICID", "DCID"].contains { kind in
        line.numbers[kind].map { connections.contains("\(kind) \($0)") } ?? false
      }
    }.map(\.whole)
  }
}

/// A line of the mail log, as far as a search looks into it.
private struct MailLogLine {
  let whole: String
  /// What stands before the level.
  let date: String
  /// The first number behind each of the words MID, ICID, DCID.
  let numbers: [String: Int]
  private let text: Substring

  init(_ whole: String) {
    self.whole = whole
    // `Www Mmm dd hh:mm:ss yyyy Level: text`.
    let dateLength = 24
    date = String(whole.prefix(dateLength))
    text = whole.dropFirst(dateLength).drop { $0 != ":" }.dropFirst()
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

  /// The text between two marks; up to the line's end when the second is empty.
  func text(between start: String, and end: String) -> Substring? {
    guard let opening = text.firstRange(of: start) else { return nil }
    let rest = text[opening.upperBound...]
    guard !end.isEmpty else { return rest }
    // The last one: a subject or an address may hold the mark itself.
    return rest.ranges(of: end).last.map { rest[..<$0.lowerBound] }
  }
}
