/// The messages of which a mail log tells what is looked for, oldest first, each once.
struct MessageSearch: Sendable {
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

  let key: Key
  let pattern: LinePattern
  private(set) var found: [Found] = []
  private var known: Set<Int> = []

  init(key: Key, pattern: LinePattern) {
    self.key = key
    self.pattern = pattern
  }

  /// Looks through the next lines.
  mutating func read(_ lines: [String]) {
    for line in lines.lazy.map(MailLogLine.init) {
      guard let message = line.numbers["MID"], let value = key.value(of: line),
        pattern.matches(String(value)), known.insert(message).inserted
      else { continue }
      found.append(Found(message: message, date: line.date, value: String(value)))
    }
  }
}
