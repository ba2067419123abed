import Configuration
import Dialogue

/// The name of a sender group; `ALL` is taken.
struct GroupName: Answer {
  let text: String
  var shown: String { text }

  init(_ present: String) { text = present }

  init(answer: String) throws(InvalidAnswer) {
    guard answer.isTableWord, answer.uppercased() != SenderGroup.allName else {
      throw InvalidAnswer(
        "A sender group has a name of 1 to 32 letters, digits, - and _, and not ALL.")
    }
    text = answer
  }
}

/// A comment on a sender group; the word NONE is none.
struct GroupComment: Answer {
  let text: String
  var shown: String { text }

  init(_ present: String) { text = present }

  init(answer: String) throws(InvalidAnswer) {
    text = answer.uppercased() == "NONE" ? "" : try Self.checked(answer)
  }

  /// A comment as a table's text has it, where the word NONE is one like any other.
  static func checked(_ text: String) throws(InvalidAnswer) -> String {
    guard !text.holdsControls else {
      throw InvalidAnswer("A comment must not contain control characters.")
    }
    return text
  }
}

/// The name of a mail flow policy, with or without its dollar sign.
struct PolicyName: Answer {
  let text: String
  var shown: String { text }

  init(_ present: String) { text = present }

  init(answer: String) throws(InvalidAnswer) {
    let word = answer.first == "$" ? String(answer.dropFirst()) : answer
    guard word.isTableWord else {
      throw InvalidAnswer(
        "A policy has a name of 1 to 32 letters, digits, - and _, such as $PARTNERS.")
    }
    text = "$\(word)"
  }
}

/// Entries of a sender group, separated by commas.
struct SenderList: Answer {
  let senders: [Sender]
  var shown: String { senders.map(\.pattern).joined(separator: ", ") }

  init(answer: String) throws(InvalidAnswer) {
    senders = try answer.entries { (text) throws(ConfigurationError) in try Sender(reading: text) }
  }
}

/// Recipients that are accepted, each once, separated by commas.
struct RecipientList: Answer {
  let rules: [RecipientRule]
  var shown: String { rules.map(\.pattern).joined(separator: ", ") }

  init(answer: String) throws(InvalidAnswer) {
    let all = try answer.entries { (text) throws(ConfigurationError) in
      try RecipientRule(reading: text, isAccepted: true)
    }
    var patterns: Set<String> = []
    rules = all.filter { patterns.insert($0.pattern).inserted }
  }
}

extension String {
  /// The entries of a list with commas between them; one wrong entry refuses the whole list.
  fileprivate func entries<Entry>(
    _ read: (String) throws(ConfigurationError) -> Entry
  ) throws(InvalidAnswer) -> [Entry] {
    var entries: [Entry] = []
    for part in split(separator: ",", omittingEmptySubsequences: false) {
      entries.append(try judged { () throws(ConfigurationError) in try read(part.trimmingBlanks) })
    }
    return entries
  }
}
