import Dialogue

/// Reads a session from its bytes: what it showed since the last answer, and when it waits.
///
/// A pure value. Whoever holds the line brings what came (`receive`), asks for the `verdict` from
/// time to time, and types what `answer` gives.
public struct ByteSession: Sendable {
  /// What is to be done with the session now.
  public enum Verdict: Equatable, Sendable {
    /// Nothing; more will come.
    case wait
    /// The session waits, or is over.
    case event(SessionEvent)
    /// The pager waits, and the transcript tells nothing of it: these bytes go on.
    case turnPage([UInt8])
  }

  /// How long nothing may have come before an expected text is a prompt.
  public static let quiet = Duration.milliseconds(200)
  /// How long what looks like a prompt and is not the expected one may still become something else.
  public static let grace = Duration.seconds(5)

  private var screen: LineScreen
  private var output: [String] = []
  private var echoes = EchoFilter()
  private var lastArrival: ContinuousClock.Instant
  private var news = News.none
  private var isOver = false

  private enum News {
    /// Nothing has come since something was typed.
    case none
    /// What came was not held against the transcript yet.
    case fresh
    /// It was, and the transcript expects more.
    case judged
  }

  /// Begins a session of which nothing has come.
  ///
  /// - Parameter columns: the width of the terminal in character cells.
  public init(columns: Int, at now: ContinuousClock.Instant = .now) {
    screen = LineScreen(columns: columns)
    lastArrival = now
  }

  /// Takes bytes that came.
  public mutating func receive(_ bytes: some Sequence<UInt8>, at now: ContinuousClock.Instant) {
    screen.show(bytes)
    output += screen.takeLines().compactMap { echoes.pass($0) }
    lastArrival = now
    news = .fresh
  }

  /// Nothing will come any more.
  public mutating func end() {
    if !isOver, !screen.line.isEmpty, let rest = echoes.pass(screen.line) { output.append(rest) }
    isOver = true
  }

  /// Whether the session waits, as far as can be known now.
  public mutating func verdict(
    expectedBy matcher: Matcher, at now: ContinuousClock.Instant
  ) -> Verdict {
    if isOver { return .event(take(.ended)) }
    let tail = screen.tail
    let silence = now - lastArrival
    guard news != .none, silence >= ByteSession.quiet, !echoes.isAwaited(on: tail) else {
      return .wait
    }
    if news == .fresh {
      news = .judged
      if let event = matcher.expectedEvent(output: output, tail: tail) {
        return .event(take(event.kind))
      }
      if tail.contains(Pager.prompt) {
        news = .none
        return .turnPage([UInt8(ascii: " ")])
      }
    }
    guard silence >= ByteSession.grace, PromptShape.mayAsk(tail) else { return .wait }
    return .event(take(.prompt(Prompt(shown: tail))))
  }

  private mutating func take(_ kind: SessionEvent.Kind) -> SessionEvent {
    defer { output = [] }
    return SessionEvent(output: output.map { $0 + "\n" }.joined(), kind: kind)
  }

  /// What is typed for a reply; its echo is taken out of what comes.
  ///
  /// - Parameter kind: what the session waited for.
  /// - Returns: the bytes, none for the end of the input.
  public mutating func answer(_ reply: Reply, to kind: SessionEvent.Kind) -> [UInt8] {
    news = .none
    let prompt = screen.tail
    switch reply {
    case .line(let text):
      echoes.expect(after: prompt, [.line(text)])
      return Array("\(text)\r".utf8)
    case .completed(let text):
      echoes.expect(after: prompt, [.start(text)])
      return Array("\(text)\t\r".utf8)
    case .paste(let lines):
      var lines = lines
      var end = "\u{4}"
      if case .paste(let paste) = kind, !paste.endsAtControlD {
        lines.append(".")
        end = ""
      }
      echoes.expect(after: prompt, lines.map(EchoFilter.Echo.line))
      return Array((lines.map { $0 + "\r" }.joined() + end).utf8)
    case .key(let key):
      return Array((key == "\n" ? "\r" : String(key)).utf8)
    case .controlD:
      echoes.expect(after: prompt, [.line("")])
      return [4]
    case .interrupt:
      echoes.expect(after: prompt, [.line("^C")])
      return [3]
    case .pasteFile, .endOfInput: return []
    }
  }
}
