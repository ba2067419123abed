import Files
import Glibc

/// The command lines of earlier sessions, one a line in UTF-8, the newest last.
///
/// Several shells share the file. Each line is added to what the file holds at that moment, under
/// a lock, and the file is replaced by a complete new one: a crash leaves the old one or the new.
/// A file that cannot be read or written costs the history, never the command.
struct HistoryFile: Sendable {
  /// The most lines that are kept.
  static let limit = 1000
  /// A line that is longer, in bytes, was pasted by mistake and is not kept.
  static let longestLine = 4096
  /// The longest wait for another shell, in milliseconds; a stopped one may hold the lock.
  private static let patience = 500

  let path: String

  /// The lines that the file holds, the oldest first; none when it cannot be read.
  func lines() -> [String] {
    guard let bytes = PrivateFile.contents(of: path) else { return [] }
    return bytes.split(separator: UInt8(ascii: "\n")).suffix(Self.limit).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  /// Adds a line, unless it repeats the newest one; says whether the file could be written.
  @discardableResult
  func append(_ line: String) -> Bool {
    guard !line.isEmpty, line.utf8.count <= Self.longestLine else { return true }
    guard let lock = lock() else { return false }
    defer { withExtendedLifetime(lock) {} }
    var lines = lines()
    guard lines.last != line else { return true }
    lines.append(line)
    let text = lines.suffix(Self.limit).map { $0 + "\n" }.joined()
    return (try? PrivateFile.write(text, to: path, durably: false)) != nil
  }

  /// Takes the lock that shells share; nil when it cannot be had in time.
  private func lock() -> FileLock? {
    for _ in 0..<Self.patience {
      do {
        if let lock = try FileLock(path: path + ".lock") { return lock }
      } catch {
        return nil
      }
      usleep(1000)
    }
    return nil
  }
}
