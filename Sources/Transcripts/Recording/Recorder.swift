public import Dialogue
public import Foundation

/// A terminal that hands everything to another one and writes the session down as a transcript.
///
/// Secrets never stand in what is shown: a line typed without echo becomes `%secret`, pasted
/// private keys become `%paste` with the lines in a file of mode 0600 beside the transcript.
public actor Recorder: Terminal {
  private let inner: any Terminal
  private var recording: Recording

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
    recording = try Recording(file, isRedacted: isRedacted, title: title, release: release)
  }

  /// Ends the recording.
  ///
  /// - Throws: what kept the file from being written, at any time since the beginning.
  public func finish() async throws {
    let window = await inner.window
    try recording.finish(window: window)
  }

  /// The inner terminal's.
  public nonisolated var interruptions: AsyncStream<Void> { inner.interruptions }

  /// The inner terminal's window.
  public var window: WindowSize? {
    get async { await inner.window }
  }

  /// Shows text and writes it down.
  public func write(_ text: String) async {
    recording.writer.show(text)
    await inner.write(text)
  }

  /// Reads a line and writes down the prompt with it.
  public func readLine(_ prompt: Prompt) async throws(InputEnd) -> String? {
    do {
      let line = try await inner.readLine(prompt)
      recording.writer.answer(prompt, line)
      await save()
      return line
    } catch {
      if error == .interrupted {
        recording.writer.answer(prompt, key: .interrupt)
      } else {
        recording.writer.leave(prompt)
      }
      await save()
      throw error
    }
  }

  /// Reads pasted lines and writes them down, secret ones into a file of their own.
  public func readPaste(_ paste: Paste) async throws(InputEnd) -> [String] {
    do {
      let lines = try await inner.readPaste(paste)
      if paste.isSecret || Paste.holdsPrivateKey(lines) {
        recording.keepSecret(lines)
      } else {
        recording.writer.paste(lines)
      }
      await save()
      return lines
    } catch {
      if error == .interrupted { recording.writer.interruptPaste() }
      await save()
      throw error
    }
  }

  /// Waits for a key and writes it down below the pager's line.
  public func readKey(_ prompt: String) async throws(InputEnd) -> Character {
    do {
      let key = try await inner.readKey(prompt)
      recording.writer.answerPager(prompt, key: Key(key))
      await save()
      return key
    } catch {
      recording.writer.answerPager(prompt, key: error == .interrupted ? .interrupt : nil)
      await save()
      throw error
    }
  }

  private func save() async {
    let window = await inner.window
    recording.save(window: window)
  }
}
