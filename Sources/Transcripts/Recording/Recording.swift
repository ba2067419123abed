import Dialogue
import Foundation

/// A transcript that is being written: its header, its lines, and the files of secret pastes.
struct Recording {
  /// Spells what happens.
  var writer: TranscriptWriter
  private let file: RecordingFile
  private let isRedacted: Bool
  private let title: String?
  private let release: String?
  private var hasHeader = false
  private var pastes = 0
  private var failure: (any Error)?

  /// Makes the file, with mode 0600.
  ///
  /// - Throws: `TranscriptError` when it exists or cannot be made.
  init(
    _ file: URL, isRedacted: Bool, title: String? = nil, release: String? = nil
  ) throws(TranscriptError) {
    self.file = try RecordingFile(file)
    self.isRedacted = isRedacted
    self.title = title
    self.release = release
    writer = TranscriptWriter(isRedacted: isRedacted)
  }

  /// Keeps pasted lines that nobody should see in a file beside the transcript, or nowhere.
  mutating func keepSecret(_ lines: [String]) {
    guard !isRedacted else { return writer.paste(file: nil) }
    pastes += 1
    do {
      writer.paste(file: try file.writePaste(lines, number: pastes))
    } catch {
      failure = failure ?? error
      writer.paste(file: nil)
    }
  }

  /// Writes what is ready, so that a session that dies leaves its transcript up to there.
  ///
  /// - Parameter window: the screen, for the header; asked for when the first lines are written.
  mutating func save(window: WindowSize?) {
    let header = hasHeader ? "" : header(window)
    hasHeader = true
    do {
      try file.append(header + writer.take())
    } catch {
      failure = failure ?? error
    }
  }

  /// Ends the recording.
  ///
  /// - Throws: what kept it from being written, at any time since the beginning.
  mutating func finish(window: WindowSize?) throws {
    writer.end()
    save(window: window)
    if let failure { throw failure }
  }

  private func header(_ window: WindowSize?) -> String {
    var lines: [String] = []
    if let title { lines.append("title: \(quoted(title))") }
    if let release { lines.append("asyncos: \(quoted(release))") }
    if let window { lines.append("window: \(window.rows)x\(window.columns)") }
    return lines.isEmpty ? "" : (["---"] + lines + ["---"]).map { $0 + "\n" }.joined()
  }

  /// A YAML double-quoted scalar (YAML 1.2 §7.3.1).
  private func quoted(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"", "\\": "\\\(scalar)"
      case _ where scalar.value < 32: " "
      default: String(scalar)
      }
    }
    return "\"\(escaped.joined())\""
  }
}
