public import Commands

/// The commands that a shell knows.
public struct CommandTable: Sendable {
  /// In the order of `help`.
  public let commands: [Command]
  /// Every word that starts a command, and what may follow it, each a line: `sslconfig verify`.
  public let words: [String]
  private let byWord: [String: Command]

  /// Makes a table.
  public init(_ commands: [Command]) {
    self.commands = commands
    byWord = Dictionary(
      commands.flatMap { command in ([command.name] + command.aliases).map { ($0, command) } }
    ) { first, _ in first }
    let starts = byWord.keys + ["help"]
    words = starts + starts.map { "help \($0)" } + commands.flatMap(\.fixedForms)
  }

  /// The commands that somebody may run; without any right, only the way out.
  public func limited(to access: Access?) -> CommandTable {
    CommandTable(
      commands.filter { command in
        access.map { command.access <= $0 } ?? (command.name == "exit")
      })
  }

  /// The command of this name or alias, in any case.
  public func command(_ word: String) -> Command? { byWord[word.lowercased()] }
}

extension Command {
  /// The beginnings of its batch forms, as far as they are typed as they stand.
  fileprivate var fixedForms: [String] {
    usage.flatMap { form in
      var forms: [String] = []
      for word in form.split(separator: " ").dropFirst() {
        let choices = word.split(separator: "|")
        guard word.allSatisfy({ $0.isLowercase || "_-|".contains($0) }) else { break }
        let starts = forms.isEmpty ? [name] : forms
        forms = starts.flatMap { start in choices.map { "\(start) \($0)" } }
      }
      return forms
    }
  }
}
