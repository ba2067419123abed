/// What Tab makes of the text before the cursor.
enum Completion: Equatable {
  /// Nothing fits.
  case none
  /// The last `deleting` code points give way to `inserting`.
  case replace(deleting: Int, inserting: String)
  /// Several fit: they are listed, after the same kind of replacement by what they share.
  case list([String], deleting: Int, inserting: String)

  /// Completes an answer: the whole text is the beginning of a word, in any case.
  init(answer text: String, from words: [String]) {
    self.init(prefix: text, from: words, terminator: "")
  }

  /// Completes a command line word by word: commands are separated by `;`.
  ///
  /// Words that have blanks (`tail mail_logs`) say what may follow a command.
  init(commandLine text: String, from words: [String]) {
    let command = text.split(separator: ";", omittingEmptySubsequences: false).last ?? ""
    let parts = command.drop(while: \.isWhitespace)
      .split(separator: " ", omittingEmptySubsequences: false)
    let before = parts.dropLast().filter { !$0.isEmpty }.map { $0.lowercased() }
    let candidates = words.compactMap { word -> String? in
      let steps = word.split(separator: " ")
      guard steps.count > before.count,
        zip(steps, before).allSatisfy({ $0.lowercased() == $1 })
      else { return nil }
      return String(steps[before.count])
    }
    self.init(prefix: String(parts.last ?? ""), from: candidates, terminator: " ")
  }

  private init(prefix: String, from words: [String], terminator: String) {
    let folded = prefix.lowercased()
    var seen: Set<String> = []
    let fitting = words.filter { $0.lowercased().hasPrefix(folded) && seen.insert($0).inserted }
    guard let first = fitting.first else {
      self = .none
      return
    }
    let typed = prefix.unicodeScalars.count
    if fitting.count == 1 {
      self = .replace(deleting: typed, inserting: first + terminator)
    } else {
      let common = fitting.dropFirst().reduce(first) { $0.commonPrefixIgnoringCase(with: $1) }
      // Words that differ in nothing but case share no spelling: what was typed stays.
      self = .list(fitting.sorted(), deleting: typed, inserting: max(common, orLonger: prefix))
    }
  }
}

private func max(_ common: String, orLonger typed: String) -> String {
  common.count > typed.count ? common : typed
}

extension String {
  fileprivate func commonPrefixIgnoringCase(with other: String) -> String {
    let pairs = zip(self, other).prefix { $0.lowercased() == $1.lowercased() }
    return String(pairs.map(\.0))
  }
}
