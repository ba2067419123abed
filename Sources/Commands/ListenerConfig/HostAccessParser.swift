import Configuration
import Dialogue

/// Reads the text form of a host access table, the whole of it or nothing.
struct HostAccessParser {
  private var lines: NumberedLines
  private var table: HostAccessTable

  /// Reads a table as EXPORT writes it.
  ///
  /// - Parameters:
  ///   - bytes: the file.
  ///   - present: the table whose default values stay when the text has none.
  /// - Throws: `OperationFailed` with a sentence that names the line.
  static func table(
    from bytes: [UInt8], inPlaceOf present: HostAccessTable
  ) throws(OperationFailed) -> HostAccessTable {
    var parser = HostAccessParser(
      lines: try NumberedLines(bytes),
      table: HostAccessTable(groups: [], policies: [], defaults: present.defaults))
    do throws(InvalidAnswer) {
      try parser.parse()
    } catch {
      throw error.atLine(of: parser.lines)
    }
    return parser.table
  }

  private mutating func parse() throws(InvalidAnswer) {
    while let line = lines.next() {
      if line == HostAccessTable.defaultsHeading {
        try parseDefaults()
      } else if line.hasPrefix("$") {
        try parsePolicy(line)
      } else {
        try parseGroup(line)
      }
    }
    guard table.groups.last?.name == SenderGroup.allName else {
      throw InvalidAnswer("The table does not end with the group ALL.")
    }
  }

  // MARK: Policies and defaults

  private mutating func parsePolicy(_ line: String) throws(InvalidAnswer) {
    let name = try PolicyName(answer: line).text
    guard !table.policies.contains(where: { $0.name.lowercased() == name.lowercased() }) else {
      throw InvalidAnswer("The policy \(name) stands here for the second time.")
    }
    let opening = try lines.need().split(separator: "{", omittingEmptySubsequences: false)
    guard opening.count == 2,
      let behavior = ConnectionBehavior(rawValue: opening[0].trimmingBlanks.uppercased())
    else {
      let words = ConnectionBehavior.allCases.map(\.rawValue).joined(separator: ", ")
      throw InvalidAnswer("A policy begins with one of \(words), and a brace.")
    }
    var policy = MailFlowPolicy(name: name, behavior: behavior)
    var line = opening[1].trimmingBlanks
    while line != "}" {
      if !line.isEmpty { try Self.read(line, into: &policy.overrides) }
      line = try lines.need()
    }
    table.policies.append(policy)
  }

  private mutating func parseDefaults() throws(InvalidAnswer) {
    var values = PolicyOverrides()
    while let line = lines.next() {
      if !line.allSatisfy({ $0 == "=" }) { try Self.read(line, into: &values) }
    }
    table.defaults = PolicyParameters().overridden(by: values)
  }

  private static func read(_ line: String, into values: inout PolicyOverrides)
    throws(InvalidAnswer)
  {
    let sides = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let word = sides[0].trimmingBlanks
    guard sides.count == 2, let setting = PolicySetting.all.first(where: { $0.word == word }) else {
      throw InvalidAnswer("\"\(word)\" is no value of a policy.")
    }
    try setting.read(sides[1].trimmingBlanks, &values)
  }

  // MARK: Sender groups

  private mutating func parseGroup(_ line: String) throws(InvalidAnswer) {
    var group = SenderGroup(name: try groupName(line), policy: "")
    var (entry, comment) = try Self.split(lines.need())
    while !entry.hasPrefix("$") {
      guard group.name != SenderGroup.allName else {
        throw InvalidAnswer("The group ALL has no senders of its own.")
      }
      group.senders.append(
        try judged { () throws(ConfigurationError) in
          try Sender(reading: entry, comment: comment)
        })
      (entry, comment) = try Self.split(lines.need())
    }
    guard table.policies.contains(where: { $0.name == entry }) else {
      throw InvalidAnswer("There is no policy \(entry) above this line.")
    }
    (group.policy, group.comment) = (entry, comment)
    table.groups.append(group)
  }

  /// `NAME:`, or `ALL`, behind which there is no other.
  private func groupName(_ line: String) throws(InvalidAnswer) -> String {
    guard table.groups.last?.name != SenderGroup.allName else {
      throw InvalidAnswer("Nothing stands behind the group ALL but the default values.")
    }
    if line == SenderGroup.allName { return line }
    guard line.hasSuffix(":") else {
      throw InvalidAnswer("A sender group begins with its name and a colon.")
    }
    let name = try GroupName(answer: String(line.dropLast())).text
    guard !table.groups.contains(where: { $0.name.lowercased() == name.lowercased() }) else {
      throw InvalidAnswer("The sender group \(name) stands here for the second time.")
    }
    return name
  }

  /// What stands before a comment in parentheses, and the comment.
  private static func split(
    _ line: String
  ) throws(InvalidAnswer) -> (entry: String, comment: String) {
    guard line.last == ")", let opening = line.firstIndex(of: "(") else { return (line, "") }
    let comment = String(line[line.index(after: opening)...].dropLast())
    return (line[..<opening].trimmingBlanks, try GroupComment.checked(comment))
  }
}
