import ConfigurationStore
import Glibc

/// Gives files to `scp`: each step waits for the zero byte of the other end.
struct CopySender: CopyMachine {
  private enum State {
    case waiting(Step)
    /// Within a complaint of the other end, up to its line end.
    case complaint(Step)
    case over
  }

  /// What the next zero byte is for.
  private enum Step {
    case file
    case content([UInt8])
  }

  private let command: CopyCommand
  private let files: PrivateFolder
  private var names: [String] = []
  private var state = State.waiting(.file)
  private var hasFailed = false

  init(_ command: CopyCommand, in files: PrivateFolder) {
    self.command = command
    self.files = files
  }

  var status: Int32? {
    guard case .over = state else { return nil }
    return hasFailed ? 1 : 0
  }

  mutating func begin() -> [UInt8] {
    switch CopyTarget(command.path) {
    case nil: return giveUp("\(shown(command.path)): Permission denied")
    case .folder: return giveUp("configuration: not a regular file")
    case .file(let pattern) where pattern.contains { "*?[".contains($0) }:
      names = files.names.filter { fnmatch(pattern, $0, 0) == 0 }
      guard !names.isEmpty else { return giveUp("\(shown(pattern)): No such file or directory") }
    case .file(let name): names = [name]
    }
    return []
  }

  mutating func take(_ bytes: [UInt8]) -> [UInt8] {
    var answer: [UInt8] = []
    for byte in bytes {
      switch state {
      case .over: return answer
      case .complaint(let step):
        if byte == UInt8(ascii: "\n") { answer += goOn(skipping(step)) }
      case .waiting(let step):
        if byte == 0 {
          answer += goOn(step)
        } else {
          hasFailed = true
          state = .complaint(step)
        }
      }
    }
    return answer
  }

  mutating func end() -> [UInt8] {
    if case .waiting(.file) = state, names.isEmpty {
    } else if case .over = state {
    } else {
      hasFailed = true
    }
    state = .over
    return []
  }

  /// After a complaint the present file is left out.
  private func skipping(_ step: Step) -> Step {
    if case .content = step { return .file }
    return step
  }

  private mutating func goOn(_ step: Step) -> [UInt8] {
    switch step {
    case .content(let content):
      state = .waiting(.file)
      return content + [0]
    case .file:
      guard !names.isEmpty else {
        state = .over
        return []
      }
      let name = names.removeFirst()
      do {
        let content = try files.read(name)
        state = .waiting(.content(content))
        return Array("C0600 \(content.count) \(name)\n".utf8)
      } catch {
        hasFailed = true
        // The other end answers a complaint about a file with nothing.
        let complaint = CopyWord.warning("\(error)")
        return names.isEmpty ? giveUpQuietly(complaint) : complaint + goOn(.file)
      }
    }
  }

  private mutating func giveUp(_ sentence: String) -> [UInt8] {
    giveUpQuietly(CopyWord.warning(sentence))
  }

  private mutating func giveUpQuietly(_ words: [UInt8]) -> [UInt8] {
    hasFailed = true
    state = .over
    return words
  }
}
