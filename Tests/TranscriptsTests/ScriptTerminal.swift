import Dialogue

/// A terminal whose user has made up their mind: one reply after the other, then end of input.
actor ScriptTerminal: Terminal {
  let window: WindowSize?
  private var replies: ArraySlice<ScriptReply>
  private(set) var shown = ""

  init(_ replies: [ScriptReply], window: WindowSize? = nil) {
    self.replies = replies[...]
    self.window = window
  }

  func write(_ text: String) { shown += text }

  func readLine(_ prompt: Prompt) throws(InputEnd) -> String? {
    switch replies.popFirst() {
    case .line(let line): return line
    case .controlD: return nil
    case .interrupt: throw .interrupted
    default: throw .endOfInput
    }
  }

  func readPaste(_ paste: Paste) throws(InputEnd) -> [String] {
    switch replies.popFirst() {
    case .paste(let lines): return lines
    case .interrupt: throw .interrupted
    default: throw .endOfInput
    }
  }

  func readKey(_ prompt: String) throws(InputEnd) -> Character {
    switch replies.popFirst() {
    case .key(let key): return key
    case .interrupt: throw .interrupted
    default: throw .endOfInput
    }
  }
}

enum ScriptReply: Sendable {
  case line(String)
  case paste([String])
  case key(Character)
  case controlD
  case interrupt
  case endOfInput
}
