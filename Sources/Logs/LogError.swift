import Foundation

/// Why a log cannot be written or read, as one sentence.
public struct LogError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The sentence for the user.
  public let description: String

  init(_ description: String) {
    self.description = description
  }

  /// A refused system call, with the system's own reason; call at once, while `errno` stands.
  static func system(_ action: String, _ path: String) -> LogError {
    LogError("\(path) could not be \(action): \(String(cString: strerror(errno))).")
  }
}
