/// The words of a command line, as a shell would part them; nothing is expanded.
enum ShellWords {
  /// Parts a line at blanks; quotes and backslashes keep them.
  ///
  /// - Returns: nil for a quote that is never closed.
  static func split(_ line: String) -> [String]? {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var rest = line[...]
    while let character = rest.popFirst() {
      switch (character, quote) {
      case ("'", "'"), ("\"", "\""): quote = nil
      case (_, "'"): word = (word ?? "") + String(character)
      case ("\\", _):
        guard let next = rest.popFirst() else { return nil }
        word = (word ?? "") + String(next)
      case (_, "\""): word = (word ?? "") + String(character)
      case ("'", _), ("\"", _):
        quote = character
        word = word ?? ""
      case (" ", _), ("\t", _), ("\n", _):
        if let done = word { words.append(done) }
        word = nil
      default: word = (word ?? "") + String(character)
      }
    }
    guard quote == nil else { return nil }
    if let word { words.append(word) }
    return words
  }
}
