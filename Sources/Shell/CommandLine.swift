/// What was typed at the main prompt, as commands with their arguments.
///
/// Commands are parted by `;`. Blanks part words; quotes, single or double, keep them together.
/// Within double quotes a backslash keeps a quote or a backslash (orchestrators send both).
package struct CommandLine: Equatable {
  /// Each command's words; empty commands are left out.
  package let commands: [[String]]

  /// Reads a line.
  ///
  /// - Throws: `UnbalancedQuotes` when a quote is never closed.
  package init(_ line: String) throws(UnbalancedQuotes) {
    var commands: [[String]] = []
    var words: [String] = []
    var word: String?
    var quote: Unicode.Scalar?
    var isEscaped = false
    // Scalars, not characters: a word may begin with a combining mark, behind its quote.
    for character in line.unicodeScalars {
      if isEscaped {
        if character != "\"" && character != "\\" { word?.unicodeScalars.append("\\") }
        word?.unicodeScalars.append(character)
        isEscaped = false
      } else if let open = quote {
        switch character {
        case open: quote = nil
        case "\\" where open == "\"": isEscaped = true
        default: word?.unicodeScalars.append(character)
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
        case _ where character.properties.isWhitespace:
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
  package struct UnbalancedQuotes: Error, Equatable {}
}
