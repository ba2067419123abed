import Configuration
import Control
import Dialogue

/// `grep`: the lines of a log in which a regular expression occurs (G17).
struct Grep {
  let context: CommandContext
  var c: Conversation { context.conversation }

  /// What is searched, and how.
  private struct Search {
    var log: LogSubscription
    var pattern: LinePattern
    var isInverted = false
    var isFollowing = false
    var isPaged = false
  }

  func run() async throws {
    let search: Search
    if context.arguments.isEmpty {
      guard let asked = try await ask() else { return }
      search = asked
    } else {
      search = try await read(context.arguments)
    }
    try await show(search)
  }

  private func ask() async throws -> Search? {
    guard let log = try await context.chooseLog("Enter the number of the log you wish to grep.")
    else { return nil }
    let pattern = try await c.ask("Enter the regular expression to grep.", as: LinePattern.self)
    let ignoresCase = try await c.confirm(
      "Do you want this search to be case insensitive?", default: true)
    var search = Search(log: log, pattern: pattern.ignoringCase(ignoresCase))
    search.isInverted = try await c.confirm(
      "Do you want to search for non-matching lines?", default: false)
    search.isFollowing = try await c.confirm("Do you want to tail the logs?", default: false)
    if !search.isFollowing {
      search.isPaged = try await c.confirm("Do you want to paginate the output?", default: false)
    }
    return search
  }

  /// Reads `[-i] [-v] [-t] [-p] [-e] REGEX LOG`.
  private func read(_ arguments: [String]) async throws -> Search {
    var words = arguments
    var flags: Set<String> = []
    while let word = words.first, ["-i", "-v", "-t", "-p"].contains(word) {
      flags.insert(word)
      words.removeFirst()
    }
    if words.first == "-e" { words.removeFirst() }
    guard words.count == 2 else { throw InvalidArguments() }
    var search = Search(
      log: try await context.log(named: words[1]),
      pattern: try LinePattern(words[0], ignoresCase: flags.contains("-i")))
    search.isInverted = flags.contains("-v")
    search.isFollowing = flags.contains("-t")
    search.isPaged = flags.contains("-p")
    return search
  }

  private func show(_ search: Search) async throws {
    let (c, logs) = (c, context.outside.logs)
    let (reader, page) = try await c.interruptible {
      var reader = try await logs.reader(of: search.log.file, isWhole: true)
      await c.say()
      var page: [String] = []
      try await reader.readAll { lines in
        for line in lines where search.pattern.matches(line) != search.isInverted {
          if search.isPaged { page.append(line) } else { await c.say(line) }
        }
      }
      return (reader, page)
    }
    if !page.isEmpty { try await c.page(page.joined(separator: "\n")) }
    guard search.isFollowing else { return }
    let (pattern, isInverted) = (search.pattern, search.isInverted)
    await c.follow(log: reader) { pattern.matches($0) != isInverted }
  }
}
