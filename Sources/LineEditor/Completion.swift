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

  /// Completes a command line: commands are separated by `;`.
  ///
  /// A word that itself has blanks (`tail mail_logs`) continues the whole command; if none does,
  /// the last word alone is completed, as in `help certc`.
  init(commandLine text: String, from words: [String]) {
    let command = text.split(separator: ";", omittingEmptySubsequences: false).last ?? ""
    let typed = String(command.drop(while: \.isWhitespace))
    let whole = Completion(prefix: typed, from: words, terminator: " ")
    let blank = typed.lastIndex(where: \.isWhitespace)
    guard whole == .none, let blank else {
      self = whole
      return
    }
    let single = words.filter { !$0.contains(where: \.isWhitespace) }
    let last = String(typed[typed.index(after: blank)...])
    self = Completion(prefix: last, from: single, terminator: " ")
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
