import ConfigurationStore

/// Takes files from `scp`: `C0644 SIZE NAME`, the bytes, a zero byte; each answered by a zero byte.
struct CopyReceiver: CopyMachine {
  /// The longest line of control that is taken, in bytes.
  private static let longestLine = 1024

  private enum State {
    case line([UInt8])
    case content(name: String, bytes: [UInt8], missing: Int)
    /// The zero byte, or a complaint, after a file.
    case closing(name: String, bytes: [UInt8])
    /// The other end's own complaint, to its line end.
    case complaint
    case over
  }

  private let command: CopyCommand
  private let files: PrivateFolder
  private let target: CopyTarget?
  private var state = State.line([])
  private var hasFailed = false

  init(_ command: CopyCommand, in files: PrivateFolder) {
    self.command = command
    self.files = files
    target = CopyTarget(command.path)
  }

  var status: Int32? {
    guard case .over = state else { return nil }
    return hasFailed ? 1 : 0
  }

  mutating func begin() -> [UInt8] {
    switch target {
    case nil: return giveUp("\(shown(command.path)): Permission denied")
    case .file(let name) where command.wantsFolder:
      return giveUp("\(shown(name)): Not a directory")
    case .file(let name) where !PrivateFolder.isName(name):
      return giveUp("\(shown(name)): Symbols are not allowed in the file name.")
    default: return CopyWord.good
    }
  }

  mutating func take(_ bytes: [UInt8]) -> [UInt8] {
    var answer: [UInt8] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      switch state {
      case .line(var line):
        let byte = rest.removeFirst()
        if byte == UInt8(ascii: "\n") {
          state = .line([])
          answer += obey(String(decoding: line, as: UTF8.self))
        } else if line.isEmpty, byte == 1 || byte == 2 {
          // It has shown it already.
          state = .complaint
        } else if line.isEmpty, byte == 0 {
          break
        } else {
          line.append(byte)
          state = .line(line)
          if line.count > Self.longestLine { answer += giveUp("protocol error: line too long") }
        }
      case .complaint:
        hasFailed = true
        if rest.removeFirst() == UInt8(ascii: "\n") { state = .line([]) }
      case .content(let name, var content, let missing):
        let part = rest.prefix(missing)
        rest.removeFirst(part.count)
        // Nothing holds the bytes meanwhile, so that adding to them copies nothing.
        state = .over
        content += part
        state =
          part.count == missing
          ? .closing(name: name, bytes: content)
          : .content(name: name, bytes: content, missing: missing - part.count)
      case .closing(let name, let content):
        if rest.removeFirst() == 0 {
          state = .line([])
          answer += store(content, as: name)
        } else {
          state = .complaint
        }
      case .over: return answer
      }
    }
    return answer
  }

  mutating func end() -> [UInt8] {
    if case .line([]) = state {
      state = .over
    } else if case .over = state {
    } else {
      hasFailed = true
      state = .over
    }
    return []
  }

  /// Does what a line of control says.
  private mutating func obey(_ line: String) -> [UInt8] {
    switch line.first {
    case "T": return CopyWord.good
    case "C": return receive(line)
    case "D": return giveUp("configuration: folders cannot be copied")
    case "E": return CopyWord.good
    default: return giveUp("protocol error: unexpected line")
    }
  }

  private mutating func receive(_ line: String) -> [UInt8] {
    let words = line.dropFirst().split(
      separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
    guard words.count == 3, words[0].count == 4, let size = Int(words[1]), size >= 0 else {
      return giveUp("protocol error: unexpected line")
    }
    let name =
      switch target {
      case .file(let name)?: name
      default: String(words[2])
      }
    guard PrivateFolder.isName(name) else {
      return giveUp("\(shown(name)): Symbols are not allowed in the file name.")
    }
    guard size <= PrivateFolder.sizeLimit else {
      return giveUp("\(name): larger than 64 MB")
    }
    state =
      size == 0 ? .closing(name: name, bytes: []) : .content(name: name, bytes: [], missing: size)
    return CopyWord.good
  }

  private mutating func store(_ content: [UInt8], as name: String) -> [UInt8] {
    do {
      try files.write(content, to: name)
      return CopyWord.good
    } catch {
      hasFailed = true
      return CopyWord.warning("\(error)")
    }
  }

  private mutating func giveUp(_ sentence: String) -> [UInt8] {
    hasFailed = true
    state = .over
    return CopyWord.warning(sentence)
  }
}
