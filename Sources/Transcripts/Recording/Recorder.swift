public import Dialogue
public import Foundation

/// A terminal that hands everything to another one and writes the session down as a transcript.
///
/// Secrets never stand in what is shown: a line typed without echo becomes `%secret`, pasted
/// private keys become `%paste` with the lines in a file of mode 0600 beside the transcript.
public actor Recorder: Terminal {
  private let inner: any Terminal
  private let file: RecordingFile
  private let isRedacted: Bool
  private let title: String?
  private let release: String?
  private var writer: TranscriptWriter
  private var hasHeader = false
  private var pastes = 0
  private var failure: (any Error)?

  /// Begins a recording.
  ///
  /// - Parameters:
  ///   - inner: the terminal that the session is held on.
  ///   - file: the transcript; it must not exist, and is made with mode 0600.
  ///   - isRedacted: whether secrets are left out: `{{secret}}` stands in their places.
  ///   - title: for the header.
  ///   - release: for the header, such as `14.2`.
  /// - Throws: `TranscriptError` when the file exists or cannot be made.
  public init(
    over inner: any Terminal, file: URL, isRedacted: Bool = false, title: String? = nil,
    release: String? = nil
  ) throws(TranscriptError) {
    self.inner = inner
    self.file = try RecordingFile(file)
    self.isRedacted = isRedacted
    self.title = title
    self.release = release
    writer = TranscriptWriter(isRedacted: isRedacted)
  }

  /// Ends the recording.
  ///
  /// - Throws: what kept the file from being written, at any time since the beginning.
  public func finish() async throws {
    writer.end()
    await save()
    if let failure { throw failure }
  }

  /// The inner terminal's window.
  public var window: WindowSize? {
    get async { await inner.window }
  }

  /// Shows text and writes it down.
  public func write(_ text: String) async {
    writer.show(text)
    await inner.write(text)
  }

  /// Reads a line and writes down the prompt with it.
  public func readLine(_ prompt: Prompt) async throws(InputEnd) -> String? {
    do {
      let line = try await inner.readLine(prompt)
      writer.answer(prompt, line)
      await save()
      return line
    } catch {
      if error == .interrupted {
        writer.answer(prompt, key: .interrupt)
      } else {
        writer.leave(prompt)
      }
      await save()
      throw error
    }
  }

  /// Reads pasted lines and writes them down, secret ones into a file of their own.
  public func readPaste(_ paste: Paste) async throws(InputEnd) -> [String] {
    do {
      let lines = try await inner.readPaste(paste)
      if paste.isSecret { keepSecret(lines) } else { writer.paste(lines) }
      await save()
      return lines
    } catch {
      if error == .interrupted { writer.interruptPaste() }
      await save()
      throw error
    }
  }

  /// Waits for a key and writes it down below the pager's line.
  public func readKey(_ prompt: String) async throws(InputEnd) -> Character {
    do {
      let key = try await inner.readKey(prompt)
      writer.answerPager(prompt, key: Key(key))
      await save()
      return key
    } catch {
      writer.answerPager(prompt, key: error == .interrupted ? .interrupt : nil)
      await save()
      throw error
    }
  }

  private func keepSecret(_ lines: [String]) {
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
  private func save() async {
    let header = hasHeader ? "" : await header()
    hasHeader = true
    do {
      try file.append(header + writer.take())
    } catch {
      failure = failure ?? error
    }
  }

  private func header() async -> String {
    var lines: [String] = []
    if let title { lines.append("title: \(quoted(title))") }
    if let release { lines.append("asyncos: \(quoted(release))") }
    if let window = await inner.window {
      lines.append("window: \(window.rows)x\(window.columns)")
    }
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
