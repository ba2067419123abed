import Configuration
import Dialogue

extension RecipientRule {
  /// The word for what happens to the recipient.
  var action: String { isAccepted ? "ACCEPT" : "REJECT" }

  /// The rule as PRINT and EXPORT show it: `example.com ACCEPT`, `ALL REJECT "text"`.
  var line: String { "\(pattern) \(action)" + (response.isEmpty ? "" : " \"\(response)\"") }
}

extension [RecipientRule] {
  /// The table as PRINT and EXPORT show it, a line each.
  var text: String { map(\.line).joined(separator: "\n") }

  /// The table with more rules, each above the first that would hide it, at the latest above ALL.
  ///
  /// - Throws: `OperationFailed` when there is one for the same recipients.
  func adding(_ rules: [RecipientRule]) throws(OperationFailed) -> [RecipientRule] {
    var table = self
    for rule in rules {
      guard !table.contains(where: { $0.pattern == rule.pattern }) else {
        throw OperationFailed("There is already an entry for \(rule.pattern).")
      }
      table.insert(rule, at: table.firstIndex { $0.covers(rule) } ?? table.count)
    }
    return table
  }

  /// Reads a table that EXPORT wrote, the whole of it or nothing; the order stays.
  ///
  /// - Throws: `OperationFailed` with a sentence that names the line.
  init(exported bytes: [UInt8]) throws(OperationFailed) {
    self = []
    var lines = try NumberedLines(bytes)
    var patterns: Set<String> = []
    do throws(InvalidAnswer) {
      while let line = lines.next() { try take(line, &patterns) }
      guard last?.pattern == RecipientRule.allPattern else {
        throw InvalidAnswer("The table does not end with an entry for ALL.")
      }
    } catch {
      throw error.atLine(of: lines)
    }
  }

  private mutating func take(_ line: String, _ patterns: inout Set<String>) throws(InvalidAnswer) {
    let words = line.split(maxSplits: 2, whereSeparator: \.isWhitespace)
    let action = words.count > 1 ? words[1].uppercased() : ""
    guard ["ACCEPT", "REJECT"].contains(action) else {
      throw InvalidAnswer("An entry is a recipient and ACCEPT or REJECT.")
    }
    var response = words.count > 2 ? String(words[2]) : ""
    if response.count >= 2, response.first == "\"", response.last == "\"" {
      response = String(response.dropFirst().dropLast())
    }
    guard action == "REJECT" || response.isEmpty else {
      throw InvalidAnswer("Only REJECT has a response.")
    }
    guard last?.pattern != RecipientRule.allPattern else {
      throw InvalidAnswer("Nothing stands behind the entry for ALL.")
    }
    let text = try ResponseText(answer: response).stored
    let rule = try judged { () throws(ConfigurationError) in
      try RecipientRule(
        reading: String(words[0]), isAccepted: action == "ACCEPT", response: text)
    }
    guard patterns.insert(rule.pattern).inserted else {
      throw InvalidAnswer("The entry for \(rule.pattern) stands here for the second time.")
    }
    append(rule)
  }
}
