import Configuration
import Dialogue

/// `logconfig`: which logs are kept, how much goes into them, and how large they grow.
struct LogConfig {
  let context: CommandContext
  var c: Conversation { context.conversation }

  enum Operation: String, MenuOperation, CaseIterable {
    case new = "NEW"
    case edit = "EDIT"
    case delete = "DELETE"
    case setup = "SETUP"

    var summary: String {
      switch self {
      case .new: "Create a new log."
      case .edit: "Modify a log subscription."
      case .delete: "Remove a log subscription."
      case .setup: "General settings."
      }
    }
  }

  private var logs: LogSettings {
    get { context.draft.log }
    nonmutating set { context.draft.log = newValue }
  }

  func run() async throws {
    guard context.arguments.isEmpty else { throw InvalidArguments() }
    try await context.menu {
      try await showLogs()
    } operations: {
      Operation.allCases.filter {
        !logs.subscriptions.isEmpty || $0 != .edit && $0 != .delete
      }
    } run: { operation in
      switch operation {
      case .new: try await add()
      case .edit: try await edit()
      case .delete: try await delete()
      case .setup: try await setUp()
      }
    }
  }

  private func showLogs() async throws {
    await c.say("\nCurrently configured logs:\n")
    try await c.table(
      [
        Column("    Log Name", width: 20), Column("Log Type", width: 19),
        Column("Retrieval", width: 27), Column("Interval"),
      ],
      logs.subscriptions.enumerated().map { index, log in
        let number = "\(index + 1).".padded(to: 3)
        return ["\(number) \(log.name)", log.type.title, log.retrieval.title, "None"]
      })
  }

  // MARK: NEW, EDIT

  private func add() async throws {
    let type = try await c.choose(
      "Choose the log file type for this subscription:",
      from: LogType.allCases.map { Choice($0.title, $0) })
    let name = try await c.ask("Please enter the name for the log:", as: LogName.self).text
    guard logs[name] == nil else { throw OperationFailed("The log \"\(name)\" already exists.") }
    var log = LogSubscription(name: name, type: type, file: name)
    try await ask(&log)
    logs.subscriptions.append(log)
    logs.subscriptions.sort { $0.name < $1.name }
  }

  private func edit() async throws {
    guard let index = try await pick("Enter the number of the log you wish to edit.") else {
      return
    }
    var log = logs.subscriptions[index]
    try await ask(&log)
    logs.subscriptions[index] = log
  }

  private func ask(_ log: inout LogSubscription) async throws {
    let levels = LogSubscription.Level.allCases
    log.level = try await c.choose(
      "Log level:", from: levels.map { Choice($0.rawValue, $0) },
      default: (levels.firstIndex(of: log.level) ?? 2) + 1)
    log.retrieval = try await RetrievalDialogue(conversation: c).ask(present: log.retrieval)
    let file = try await c.ask(
      "Filename to use for log files:", as: LogFileName.self, default: LogFileName(log.file)
    ).name
    let owner = logs.subscriptions.first { $0.file == file && $0.name != log.name }
    if let owner {
      throw OperationFailed("The file name \"\(file)\" belongs to the log \"\(owner.name)\".")
    }
    log.file = file
    log.rolloverSize = try await c.ask(
      "Please enter the maximum file size:", as: LogFileSize.self,
      default: LogFileSize(log.rolloverSize)
    ).bytes
    log.maximumFiles = try await c.ask(
      "Please enter the maximum number of files:", in: LogSubscription.fileCounts,
      default: log.maximumFiles)
  }

  private func pick(_ question: String) async throws -> Int? {
    try await c.pick(
      question, in: 1...logs.subscriptions.count, names: logs.subscriptions.map(\.name)
    ).map { $0 - 1 }
  }

  // MARK: DELETE, SETUP

  private func delete() async throws {
    guard let index = try await pick("Enter the number of the log you wish to delete.") else {
      return
    }
    let name = logs.subscriptions[index].name
    guard
      try await c.confirm("Are you sure you want to delete the log \"\(name)\"?", default: false)
    else { return }
    logs.subscriptions.remove(at: index)
  }

  private func setUp() async throws {
    var settings = logs
    settings.logsMessageIdentifier = try await c.confirm(
      "Do you want to log the Message-ID of messages?", default: settings.logsMessageIdentifier)
    settings.logsSubject = try await c.confirm(
      "Do you want to log the subject of messages?", default: settings.logsSubject)
    logs = settings
  }
}
