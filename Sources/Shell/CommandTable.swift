public import Commands

/// The commands that a shell knows.
public struct CommandTable: Sendable {
  /// In the order of `help`.
  public let commands: [Command]
  private let byWord: [String: Command]

  /// Makes a table.
  public init(_ commands: [Command]) {
    self.commands = commands
    byWord = Dictionary(
      commands.flatMap { command in ([command.name] + command.aliases).map { ($0, command) } }
    ) { first, _ in first }
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

  /// Every word that starts a command, sorted.
  public var words: [String] { (Array(byWord.keys) + ["help"]).sorted() }
}
