/// Why a transcript cannot be read or played, with the place in its file.
public struct TranscriptError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file as the user named it.
  public var file: String
  /// The line, counted from 1, or nil when the whole file is meant.
  public var line: Int?
  /// One sentence for a user.
  public var message: String

  /// Makes an error; `line` counts from 1.
  public init(file: String, line: Int? = nil, _ message: String) {
    self.file = file
    self.line = line
    self.message = message
  }

  /// `FILE:LINE: message`, as compilers print it.
  public var description: String {
    line.map { "\(file):\($0): \(message)" } ?? "\(file): \(message)"
  }
}

/// A complaint about one line, before the file and the line are known.
struct Complaint: Error, Equatable {
  var message: String

  init(_ message: String) { self.message = message }
}
