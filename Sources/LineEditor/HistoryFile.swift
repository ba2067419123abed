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

  let path: String

  /// The lines that the file holds, the oldest first; none when it cannot be read.
  func lines() -> [String] {
    guard let bytes = Self.contents(of: path) else { return [] }
    return bytes.split(separator: UInt8(ascii: "\n")).suffix(Self.limit).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  /// Adds a line, unless it repeats the newest one; says whether the file could be written.
  @discardableResult
  func append(_ line: String) -> Bool {
    guard !line.isEmpty, line.utf8.count <= Self.longestLine else { return true }
    guard let lock = FileLock(path: path + ".lock") else { return false }
    defer { lock.release() }
    var lines = lines()
    guard lines.last != line else { return true }
    lines.append(line)
    let text = lines.suffix(Self.limit).map { $0 + "\n" }.joined()
    return replace(by: text)
  }

  private func replace(by text: String) -> Bool {
    let temporary = "\(path).\(getpid()).new"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return false }
    let output = Output(descriptor: descriptor)
    output.write(text)
    guard close(descriptor) == 0, !output.isBroken, rename(temporary, path) == 0 else {
      unlink(temporary)
      return false
    }
    return true
  }

  private static func contents(of path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while case let count = read(descriptor, &chunk, chunk.count), count > 0 {
      bytes += chunk[..<count]
    }
    return bytes
  }
}

/// An exclusive flock that ends with `release`, or with the process.
private struct FileLock {
  /// The longest wait for another shell, in milliseconds; a stopped one may hold the lock.
  private static let patience = 500

  private let descriptor: Int32

  init?(path: String) {
    descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return nil }
    for _ in 0..<Self.patience {
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return }
      usleep(1000)
    }
    close(descriptor)
    return nil
  }

  func release() {
    close(descriptor)
  }
}
