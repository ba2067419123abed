/// What was typed at the main prompt, as commands with their arguments.
///
/// Commands are parted by `;`. Blanks part words; quotes, single or double, keep them together.
/// Within double quotes a backslash keeps a quote or a backslash (orchestrators send both).
struct CommandLine: Equatable {
  /// Each command's words; empty commands are left out.
  let commands: [[String]]

  /// Reads a line.
  ///
  /// - Throws: `UnbalancedQuotes` when a quote is never closed.
  init(_ line: String) throws(UnbalancedQuotes) {
    var commands: [[String]] = []
    var words: [String] = []
    var word: String?
    var quote: Character?
    var isEscaped = false
    for character in line {
      if isEscaped {
        if character != "\"" && character != "\\" { word?.append("\\") }
        word?.append(character)
        isEscaped = false
      } else if let open = quote {
        switch character {
        case open: quote = nil
        case "\\" where open == "\"": isEscaped = true
        default: word?.append(character)
        }
      } else {
        switch character {
        case "\"", "'":
          quote = character
          word = word ?? ""
        case ";":
          if let word { words.append(word) }
          if !words.isEmpty { commands.append(words) }
          word = nil
          words = []
        case _ where character.isWhitespace:
          if let word { words.append(word) }
          word = nil
        default: word = (word ?? "") + String(character)
        }
      }
    }
    guard quote == nil else { throw UnbalancedQuotes() }
    if let word { words.append(word) }
    if !words.isEmpty { commands.append(words) }
    self.commands = commands
  }

  /// A quote that is never closed.
  struct UnbalancedQuotes: Error, Equatable {}
}
