/// The words of a command line, as a shell would part them; nothing is expanded.
enum ShellWords {
  /// Parts a line at blanks; quotes and backslashes keep them.
  ///
  /// - Returns: nil for a quote that is never closed.
  static func split(_ line: String) -> [String]? {
    var words: [String] = []
    var (word, isWord) = ("", false)
    var quote: Character?
    var characters = line.makeIterator()
    while let character = characters.next() {
      switch (character, quote) {
      case ("'", "'"), ("\"", "\""): quote = nil
      case (_, "'"): word.append(character)
      case ("\\", _):
        guard let next = characters.next() else { return nil }
        word.append(next)
        isWord = true
      case (_, "\""): word.append(character)
      case ("'", _), ("\"", _): (quote, isWord) = (character, true)
      case (" ", _), ("\t", _), ("\n", _):
        if isWord { words.append(word) }
        (word, isWord) = ("", false)
      default:
        word.append(character)
        isWord = true
      }
    }
    guard quote == nil else { return nil }
    if isWord { words.append(word) }
    return words
  }
}
