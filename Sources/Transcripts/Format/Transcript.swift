public import Foundation

/// A terminal session as it looked: what the screen showed, and what was typed after each prompt.
public struct Transcript: Equatable, Sendable {
  /// The name under which the file is reported.
  public let file: String
  /// What the lines above the session say about it.
  public let header: TranscriptHeader
  /// The file's lines above the session, with both `---`; empty without a header.
  let head: [String]
  var lines: [TranscriptLine]

  /// The whole file, as it would be written.
  public var text: String {
    (head + lines.map(\.raw)).map { $0 + "\n" }.joined()
  }

  /// Reads a transcript from its text.
  ///
  /// - Parameters:
  ///   - text: the file's content; lines may end in CR LF.
  ///   - file: the name that errors show.
  /// - Throws: `TranscriptError` with the line that cannot be understood.
  public init(_ text: String, file: String) throws(TranscriptError) {
    guard text.utf8.count <= Limits.file else {
      throw TranscriptError(file: file, "A transcript holds at most \(Limits.file >> 20) MiB.")
    }
    var raw = Transcript.split(text)
    guard raw.count <= Limits.lines else {
      throw TranscriptError(file: file, "A transcript holds at most \(Limits.lines) lines.")
    }
    let end = try Transcript.endOfHeader(raw, file: file)
    self.file = file
    head = Array(raw[..<end])
    header =
      end == 0
      ? TranscriptHeader()
      : try HeaderParser(file: file, offset: 1)
        .parse(raw[1..<(end - 1)].map { $0 + "\n" }.joined())
    // Editors leave blank lines at the end; no session is told by them.
    while let last = raw.last, raw.count > end, last.droppingTrailingBlanks.isEmpty {
      raw.removeLast()
    }
    lines = []
    for (index, line) in raw[end...].enumerated() {
      let number = end + index + 1
      guard line.utf8.count <= Limits.line else {
        throw TranscriptError(
          file: file, line: number, "A line holds at most \(Limits.line >> 10) KiB.")
      }
      do {
        lines.append(try TranscriptLine(number: number, raw: line))
      } catch {
        throw TranscriptError(file: file, line: number, error.message)
      }
    }
  }

  /// Reads a transcript from a file's bytes.
  ///
  /// - Throws: `TranscriptError` when they are no UTF-8 or no transcript.
  public init(data: Data, file: String) throws(TranscriptError) {
    guard data.count <= Limits.file else {
      throw TranscriptError(file: file, "A transcript holds at most \(Limits.file >> 20) MiB.")
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      let lines = data.split(separator: 10, omittingEmptySubsequences: false)
      let bad = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil }
      throw TranscriptError(file: file, line: bad.map { $0 + 1 }, "The line is not UTF-8 text.")
    }
    try self.init(text, file: file)
  }

  private static func split(_ text: String) -> [String] {
    var lines = text.utf8.split(separator: 10, omittingEmptySubsequences: false).map { line in
      // Each of them, so that what is written without them is read alike.
      var line = line
      while line.last == 13 { line.removeLast() }
      return String(decoding: line, as: UTF8.self)
    }
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  /// The number of lines that the header takes, 0 when there is none.
  private static func endOfHeader(
    _ lines: [String], file: String
  ) throws(TranscriptError) -> Int {
    guard lines.first == "---" else { return 0 }
    guard let end = lines.dropFirst().firstIndex(where: { $0.droppingTrailingBlanks == "---" })
    else {
      throw TranscriptError(file: file, line: 1, "The header's second --- is missing.")
    }
    guard lines[..<end].reduce(0, { $0 + $1.utf8.count }) <= Limits.header else {
      throw TranscriptError(
        file: file, line: 1, "A header holds at most \(Limits.header >> 10) KiB.")
    }
    return end + 1
  }
}
