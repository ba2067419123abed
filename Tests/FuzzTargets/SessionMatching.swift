import Dialogue
import Foundation
import Transcripts

extension FuzzTarget {
  /// A transcript that is held against a session of any kind.
  ///
  /// The parts between zero bytes are the transcript and what the session shows between two
  /// prompts, each behind a byte that chooses what the session waits for. The comparison comes to an
  /// end, and so does mending the transcript where they differ.
  static let matcher = FuzzTarget("matcher") { bytes in
    let parts = FuzzInput(bytes).parts(at: 0)
    guard let text = parts.first?.text, let transcript = try? Transcript(text, file: "any"),
      isCheap(text)
    else { return }
    for mends in [false, true] {
      var play = Play(transcript, events: parts.dropFirst().map(SessionEvent.init), mends: mends)
      try play.run()
    }
  }

  /// An expression, or many wildcards in one line, may take any time: that is their author's affair.
  private static func isCheap(_ text: String) -> Bool {
    !text.contains("[re:")
      && text.split(separator: "\n").allSatisfy {
        $0.components(separatedBy: "{{").count + $0.components(separatedBy: "[..]").count <= 5
      }
  }
}

/// A replay without a world.
private struct Play {
  private var matcher: Matcher
  private var events: ArraySlice<SessionEvent>
  private let mends: Bool
  private var rest: Int
  private var held: [HeldSession] = []

  init(_ transcript: Transcript, events: [SessionEvent], mends: Bool) {
    matcher = Matcher(transcript)
    self.events = events[...]
    self.mends = mends
    let lines = transcript.text.utf8.count { $0 == 10 }
    // A line is an answer, or acts; each event is one step more, and mended or added at most thrice.
    rest = 4 * (lines + events.count) + 1000
  }

  mutating func run() throws {
    while true {
      rest -= 1
      try require(rest > 0, "a replay comes to its end")
      switch matcher.next() {
      case .reply(.endOfInput), .finished, .problem: return
      case .wait, .reply: matcher.receive(events.popFirst() ?? .init(output: "", kind: .ended))
      case .perform(.shell(let command), _): matcher.receive(shellOutput: "\(command)\n")
      case .perform(.session, _): change()
      case .perform: break
      case .mismatch(let mismatch):
        try require(mismatch.line >= 1, "a mismatch names a line", "\(mismatch)")
        guard mends, matcher.repair() else { return }
      }
    }
  }

  private mutating func change() {
    let old = held.popLast()
    if let present = matcher.setAside() { held.append(present) }
    if let old {
      matcher.resume(old)
    } else {
      matcher.receive(events.popFirst() ?? .init(output: "", kind: .ended))
    }
  }
}

extension SessionEvent {
  /// An event from its bytes: a kind, and what was shown, whose last line is the prompt.
  fileprivate init(_ bytes: ArraySlice<UInt8>) {
    let text = bytes.dropFirst().text
    let start = text.utf8.lastIndex(of: 10).map { text.utf8.index(after: $0) } ?? text.startIndex
    let (output, prompt) = (String(text[..<start]), String(text[start...]))
    let bracket = prompt.lastIndex(of: "[") ?? prompt.endIndex
    let question = String(prompt[..<bracket])
    let kind: Kind
    switch bytes.first ?? 0 {
    case UInt8(ascii: "e"): kind = .ended
    case UInt8(ascii: "k"): kind = .key(prompt)
    case UInt8(ascii: "p"): kind = .paste(Paste(endsAtControlD: true))
    case UInt8(ascii: "m"): kind = .prompt(Prompt(bracket: prompt, isCommandLine: true))
    case UInt8(ascii: "s"):
      kind = .prompt(Prompt(question: question, bracket: "", echo: false))
    default:
      kind = .prompt(Prompt(question: question, bracket: String(prompt[bracket...])))
    }
    self.init(output: output, kind: kind)
  }
}
