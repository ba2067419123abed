import Dialogue
import Foundation

/// Plays one transcript on a bench that is ready: moves events, answers and directives.
struct Stage {
  private(set) var matcher: Matcher
  private let file: String
  private let header: TranscriptHeader
  private let folder: URL
  private let bench: any Bench
  private let options: Replayer.Options
  private var sessions: [String: OpenSession] = [:]
  private var current = Stage.firstSession

  /// The session that is current when no `%session` has named another.
  private static let firstSession = "main"

  /// A session, and what it waits for while another one is current.
  private struct OpenSession {
    let session: any PlayedSession
    var held: HeldSession?
  }

  init(_ loaded: TranscriptFiles.Loaded, bench: any Bench, options: Replayer.Options) {
    matcher = Matcher(loaded.transcript)
    file = loaded.transcript.file
    header = loaded.transcript.header
    folder = loaded.folder
    self.bench = bench
    self.options = options
  }

  /// Plays to the end.
  ///
  /// - Throws: `Mismatch`, or `TranscriptError` when it cannot be played.
  mutating func play() async throws {
    do {
      try await walk()
    } catch {
      await close(within: min(options.patience, .seconds(2)))
      throw error
    }
    guard await close(within: options.patience) else {
      throw TranscriptError(
        file: file, line: line, "The session does not end at the end of its input.")
    }
  }

  private var line: Int { matcher.number(at: matcher.position) }

  private mutating func walk() async throws {
    while true {
      try Task.checkCancellation()
      switch matcher.next() {
      case .wait: try await receive()
      case .reply(.endOfInput), .finished: return
      case .reply(let reply):
        let reply = try await filled(reply)
        try await answer(reply)
        try await receive()
      case .perform(.session(let name, let user), _): try await change(to: name, user: user)
      case .perform(.shell(let command), let line):
        matcher.receive(shellOutput: try await output(of: command, line: line))
      case .perform(let directive, let line): try await perform(directive, line: line)
      case .mismatch(let mismatch):
        guard options.update, matcher.repair() else { throw mismatch }
      case .problem(let error): throw error
      }
    }
  }

  /// Waits for the current session's next event; opens the session at its first.
  private mutating func receive() async throws(TranscriptError) {
    try await open(current, user: header.user)
    let event: SessionEvent?
    do {
      event = try await sessions[current]?.session.nextEvent(
        expectedBy: matcher, within: options.patience)
    } catch {
      throw TranscriptError(file: file, line: line, "\(error)")
    }
    guard let event else {
      if Task.isCancelled { throw TranscriptError(file: file, line: line, "It was stopped here.") }
      throw TranscriptError(
        file: file, line: line,
        "The session neither asks nor ends; it was waited for \(options.patience).")
    }
    matcher.receive(event)
  }

  private func answer(_ reply: Reply) async throws(TranscriptError) {
    do {
      try await sessions[current]?.session.reply(reply)
    } catch {
      throw TranscriptError(file: file, line: line, "\(error)")
    }
  }

  private mutating func open(_ name: String, user: String?) async throws(TranscriptError) {
    guard sessions[name] == nil else { return }
    do {
      sessions[name] = OpenSession(
        session: try await bench.open(session: name, user: user, window: header.window))
    } catch {
      throw TranscriptError(file: file, line: line, "\(error)")
    }
  }

  private mutating func change(to name: String, user: String?) async throws(TranscriptError) {
    sessions[current]?.held = matcher.setAside()
    current = name
    if sessions[name]?.held?.question.kind == .ended { sessions[name] = nil }
    try await open(name, user: user ?? header.user)
    guard let held = sessions[name]?.held else { return try await receive() }
    matcher.resume(held)
  }

  @discardableResult
  private func close(within bound: Duration) async -> Bool {
    let sessions = sessions.values.map(\.session)
    return await uncancelled {
      var allEnded = true
      for session in sessions where await !session.end(within: bound) { allEnded = false }
      return allEnded
    }
  }

  private func filled(_ reply: Reply) async throws(TranscriptError) -> Reply {
    guard case .pasteFile(let name, let line) = reply else { return reply }
    let content = try await attachment(name, line: line)
    let lines = content.split(separator: 10, omittingEmptySubsequences: false).map { line in
      String(decoding: line.last == 13 ? line.dropLast() : line, as: UTF8.self)
    }
    let pasted = lines.last == "" ? lines.dropLast() : lines[...]
    return .paste(Array(pasted.prefix { $0 != "." }))
  }

  /// A file beside the transcript, or one that a `%sh` command left.
  private func attachment(_ name: String, line: Int) async throws(TranscriptError) -> Data {
    var url = folder.appendingPathComponent(name)
    if !FileManager.default.fileExists(atPath: url.path) {
      url = await bench.workFile(named: name) ?? url
    }
    return try TranscriptFiles.contents(
      of: url, named: name, limit: Limits.attachment, from: file, line: line)
  }

  private func output(of command: String, line: Int) async throws(TranscriptError) -> String {
    guard options.allowShell else {
      throw TranscriptError(
        file: file, line: line, "%sh runs a command on this machine; it needs --allow-sh.")
    }
    do {
      return try await bench.shell(command)
    } catch {
      throw TranscriptError(file: file, line: line, "\(error)")
    }
  }

  private func perform(_ directive: Directive, line: Int) async throws {
    do {
      switch directive {
      case .upload(let path, let name):
        try await bench.upload(try await attachment(path, line: line), as: name)
      case .expectFile(let name):
        guard try await bench.configurationFile(named: name) == nil else { return }
        throw Mismatch(
          file: file, line: line, message: "The file \"\(name)\" is not in configuration/.")
      case .advance(let seconds): try await bench.advance(seconds: seconds)
      case .log(let pattern):
        guard try await !bench.awaitLog(pattern) else { return }
        throw Mismatch(file: file, line: line, message: "No mail log line fits \(pattern).")
      case .mail(let from, let to, let options):
        try await bench.mail(from: from, to: to, options: options)
      case .peer(let name, let behaviour):
        try await bench.peer(named: name, behaviour: behaviour)
      case .secret, .key, .paste, .shell, .session: return
      }
    } catch let error where error is Mismatch || error is TranscriptError {
      throw error
    } catch {
      throw TranscriptError(file: file, line: line, "\(error)")
    }
  }
}
