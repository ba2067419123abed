import Commands
import Dialogue

/// `help`: the commands in groups, one command's forms, or the command for a place in the GUI.
struct Help {
  let conversation: Conversation
  let table: CommandTable

  /// - Returns: whether there was something to show.
  func run(_ arguments: [String]) async throws(InputEnd) -> Bool {
    let topic = arguments.joined(separator: " ")
    if topic.isEmpty || topic.lowercased() == "help" {
      try await list()
    } else if let command = table.command(topic) {
      await explain(command)
    } else {
      return await find(topic)
    }
    return true
  }

  private func list() async throws(InputEnd) {
    let width = table.commands.map(\.name.count).max() ?? 0
    var lines: [String] = []
    for group in Command.Group.allCases {
      let commands = table.commands.filter { $0.group == group }
      if !commands.isEmpty { lines += ["", group.rawValue] }
      for command in commands {
        let padding = String(repeating: " ", count: width - command.name.count)
        lines.append("  \(command.name)\(padding)  \(command.summary)")
      }
    }
    lines += [
      "", "Type help COMMAND for its operations and batch forms, or help with a place in the GUI.",
    ]
    try await conversation.page(lines.joined(separator: "\n"))
  }

  private func explain(_ command: Command) async {
    await conversation.say("\n\(command.name) - \(command.summary)")
    if !command.aliases.isEmpty {
      await conversation.say("Also: \(command.aliases.joined(separator: ", "))")
    }
    for operation in command.operations {
      await conversation.say("Operation: \(operation.word) - \(operation.summary)")
    }
    for form in command.usage { await conversation.say("Batch form: \(form)") }
    for note in command.notes { await conversation.say("Note: \(note)") }
    for path in command.guiPaths { await conversation.say("In the GUI: \(path)") }
  }

  private func find(_ place: String) async -> Bool {
    let found = table.commands.filter { command in
      command.guiPaths.contains { $0.lowercased().contains(place.lowercased()) }
    }
    for command in found { await explain(command) }
    return !found.isEmpty
  }
}
