import Glibc

/// Why a file or folder cannot be used, as a sentence.
public struct FileError: Error, Hashable, CustomStringConvertible {
  /// What was to be done.
  public enum Work: Sendable {
    case writeFile, lockFile, makeFolder
  }

  /// What was to be done.
  public let work: Work
  /// The path.
  public let path: String
  /// The system's number of what is wrong (`errno(3)`).
  public let code: Int32

  init(_ work: Work, _ path: String, code: Int32 = errno) {
    self.work = work
    self.path = path
    self.code = code
  }

  /// What the system says is wrong, such as `No space left on device`.
  public var reason: String { String(cString: strerror(code)) }

  /// The sentence.
  public var description: String {
    switch work {
    case .writeFile: "The file \(path) cannot be written: \(reason)."
    case .lockFile: "The file \(path) cannot be locked: \(reason)."
    case .makeFolder: "The folder \(path) cannot be made: \(reason)."
    }
  }
}
