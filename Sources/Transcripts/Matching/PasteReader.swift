import Dialogue

/// Reads pasted lines from a transcript: a `%paste` line, or the lines up to one that holds a dot.
struct PasteReader {
  let matcher: Matcher
  let paste: Paste

  func answer(at start: Int) throws(TranscriptError) -> Answering.Answer {
    var pasted: [String] = []
    for index in start..<matcher.lines.count {
      let line = matcher.lines[index]
      switch line.content {
      case .comment: continue
      case .dots: pasted.append(line.raw)
      case .text(let text, _):
        if text.droppingTrailingBlanks == "." {
          return Answering.Answer(reply: .paste(pasted), end: index + 1)
        }
        pasted.append(text)
      case .directive(let directive):
        let reply = try reply(directive, pasted, at: index)
        return Answering.Answer(reply: reply, end: index + 1)
      }
    }
    throw error(
      at: start, "The paste that begins here is not ended by a line that holds a single dot.")
  }

  private func reply(
    _ directive: Directive, _ pasted: [String], at index: Int
  ) throws(TranscriptError) -> Reply {
    switch directive {
    case .paste(let file) where pasted.isEmpty:
      do {
        return .pasteFile(try matcher.filledIn(file), line: matcher.number(at: index))
      } catch {
        throw self.error(at: index, error.message)
      }
    case .key(.interrupt): return .interrupt
    case .key(.endOfFile) where paste.endsAtControlD: return .paste(pasted)
    case .key(.endOfFile): throw error(at: index, "Ctrl-D does not end this paste; a dot does.")
    default: throw error(at: index, "A paste is open here; a line that holds a dot ends it.")
    }
  }

  private func error(at index: Int, _ message: String) -> TranscriptError {
    TranscriptError(file: matcher.file, line: matcher.number(at: index), message)
  }
}
