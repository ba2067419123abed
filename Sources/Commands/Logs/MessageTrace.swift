/// What a mail log tells of one message: its own lines, and those of the connections that carried
/// it.
struct MessageTrace: Sendable {
  private let message: Int
  private var connections: Set<String> = []

  /// Begins with nothing known but the number of the message.
  init(of message: Int) { self.message = message }

  /// Notes the connections on which the message came and went.
  mutating func read(_ lines: [String]) {
    for line in lines.lazy.map(MailLogLine.init) where line.numbers["MID"] == message {
      connections.formUnion(line.connections)
    }
  }

  /// Those of the lines that are about the message or its connections.
  func lines(in lines: [String]) -> [String] {
    lines.filter { line in
      let line = MailLogLine(line)
      if let number = line.numbers["MID"] { return number == message }
      return !connections.isDisjoint(with: line.connections)
    }
  }
}
