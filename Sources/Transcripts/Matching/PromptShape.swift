import Dialogue

/// What a prompt looks like, for those who have no session to ask: the lint and `--update`.
enum PromptShape {
  /// The prompt and the answer on a line that looks like one.
  static func split(_ text: String) -> (prompt: String, answer: String)? {
    let bytes = Array(text.utf8)
    guard let end = bracket(bytes) ?? mainPrompt(bytes) ?? pager(bytes) else { return nil }
    let after = end < bytes.count && bytes[end] == space ? end + 1 : end
    return (
      String(decoding: bytes[..<after], as: UTF8.self),
      String(decoding: bytes[after...], as: UTF8.self)
    )
  }

  /// Whether a line looks like a main prompt and its command.
  static func isMainPrompt(_ text: String) -> Bool { mainPrompt(Array(text.utf8)) != nil }

  /// The indices of the lines that look like prompts, or that a `%secret` or `%key` answers.
  static func prompts(_ lines: [TranscriptLine]) -> Set<Int> {
    var found: Set<Int> = []
    var last: Int?
    for (index, line) in lines.enumerated() {
      switch line.content {
      case .comment: continue
      case .text(let text, _):
        if split(text) != nil { found.insert(index) }
      case .directive(.secret):
        found.insert(index)
        if let last, lines[last].text != nil { found.insert(last) }
      case .directive(.key):
        if let last, lines[last].text != nil { found.insert(last) }
      case .directive, .dots: break
      }
      last = index
    }
    return found
  }

  private static let space = UInt8(ascii: " ")
  private static let close = UInt8(ascii: ">")

  /// `… [default]> answer`, or a bare `> answer`.
  private static func bracket(_ bytes: [UInt8]) -> Int? {
    if bytes.first == close, endsWord(bytes, 1) { return 1 }
    guard let open = bytes.firstIndex(of: UInt8(ascii: "[")) else { return nil }
    for index in bytes[(open + 1)...].indices
    where bytes[index] == close && bytes[index - 1] == UInt8(ascii: "]")
      && endsWord(bytes, index + 1)
    {
      return index + 1
    }
    return nil
  }

  /// `host.name> command` or `(Cluster name)> command`.
  private static func mainPrompt(_ bytes: [UInt8]) -> Int? {
    guard let end = bytes.firstIndex(of: close), end > 0, endsWord(bytes, end + 1) else {
      return nil
    }
    let name = bytes[..<end]
    if name.first == UInt8(ascii: "("), name.last == UInt8(ascii: ")") { return end + 1 }
    return name.allSatisfy(isHostCharacter) && name.contains(UInt8(ascii: ".")) ? end + 1 : nil
  }

  private static func pager(_ bytes: [UInt8]) -> Int? {
    bytes.starts(with: Pager.prompt.utf8) ? Pager.prompt.utf8.count : nil
  }

  private static func endsWord(_ bytes: [UInt8], _ index: Int) -> Bool {
    index == bytes.count || bytes[index] == space
  }

  private static func isHostCharacter(_ byte: UInt8) -> Bool {
    (48..<58).contains(byte) || (65..<91).contains(byte) || (97..<123).contains(byte)
      || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
  }
}
