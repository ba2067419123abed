public import Dialogue

/// What a session shows and then waits for, or its end.
public struct SessionEvent: Equatable, Sendable {
  /// What the session waits for.
  public enum Kind: Equatable, Sendable {
    /// One line.
    case prompt(Prompt)
    /// Lines up to a dot.
    case paste(Paste)
    /// One key; the text is the pager's line.
    case key(String)
    /// Nothing: it is over.
    case ended
  }

  /// All that was shown since the last answer.
  public var output: String
  /// What is waited for.
  public var kind: Kind

  /// Makes an event from what was shown and what is waited for.
  public init(output: String, kind: Kind) {
    self.output = output
    self.kind = kind
  }
}

/// What is done with the session after an event.
public enum Reply: Equatable, Sendable {
  /// A line, with Return.
  case line(String)
  /// A line whose last word is completed by Tab, with Return.
  case completed(String)
  /// Pasted lines and the dot.
  case paste([String])
  /// The lines of a file beside the transcript, and the dot; `line` is the directive's.
  case pasteFile(String, line: Int)
  /// One key for the pager.
  case key(Character)
  /// Ctrl-D on an empty line.
  case controlD
  /// Ctrl-C.
  case interrupt
  /// Never another line.
  case endOfInput
}

/// What comes next in a replay.
public enum Step: Equatable, Sendable {
  /// The session must be brought to its next event, which `receive` then takes.
  case wait
  /// The session gets this answer; then it must be brought to its next event.
  case reply(Reply)
  /// This acts on the world; `line` is the directive's.
  case perform(Directive, line: Int)
  /// The transcript is at its end and all of it matched.
  case finished
  /// The session shows something else.
  case mismatch(Mismatch)
  /// The transcript cannot be played on.
  case problem(TranscriptError)
}

/// Where a session left its transcript.
public struct Mismatch: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file as the user named it.
  public var file: String
  /// The first line that differs, counted from 1.
  public var line: Int
  /// One sentence for a user.
  public var message: String
  /// Lines of a unified difference from the transcript to the session; may be empty.
  public var difference: [String]

  /// Makes a mismatch; `line` counts from 1.
  public init(file: String, line: Int, message: String, difference: [String] = []) {
    self.file = file
    self.line = line
    self.message = message
    self.difference = difference
  }

  /// The place and the sentence, and the difference below.
  public var description: String {
    (["\(file):\(line): \(message)"] + difference).joined(separator: "\n")
  }
}
