import Foundation

/// The files of one log in its folder, and the lock that all its writers and readers share.
///
/// Whoever writes holds it exclusively, whoever looks for the next file shares it. So a file that
/// has been rolled over never changes again, and a write that the system splits (a signal on a
/// network file system) still stands in one piece: `O_APPEND` keeps only its parts in order.
struct LogDirectory: Sendable {
  enum Lock {
    case shared, exclusive
  }

  let path: String
  let name: String
  private let folder: Descriptor

  var currentName: String { "\(name).current" }
  var currentPath: String { "\(path)/\(currentName)" }

  /// Opens the folder; with `create` it is made if it is missing, for the owner alone.
  init(path: String, name: String, create: Bool) throws(LogError) {
    guard !name.isEmpty, !name.hasPrefix("."), !name.contains("/"), !name.contains("\0") else {
      throw LogError("\"\(name)\" is not a name for a log.")
    }
    if create, mkdir(path, 0o700) != 0, errno != EEXIST { throw .system("made", path) }
    guard let folder = Descriptor(Foundation.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) else {
      throw .system("opened", path)
    }
    self.path = path
    self.name = name
    self.folder = folder
  }

  /// Runs `body` under the lock; it is held for microseconds, by writers on their own queues.
  func locked<T>(_ lock: Lock, _ body: () throws(LogError) -> T) throws(LogError) -> T {
    let operation = lock == .shared ? LOCK_SH : LOCK_EX
    while flock(folder.raw, operation) != 0 {
      guard errno == EINTR else { throw .system("locked", path) }
    }
    defer { flock(folder.raw, LOCK_UN) }
    return try body()
  }

  /// What stands under that name, nil when nothing does.
  func status(of file: String) -> FileStatus? {
    var status = stat()
    let found = fstatat(folder.raw, file, &status, AT_SYMLINK_NOFOLLOW) == 0
    return found ? FileStatus(status) : nil
  }

  func open(_ file: String, _ flags: Int32) throws(LogError) -> Descriptor {
    let raw = openat(folder.raw, file, flags | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard let descriptor = Descriptor(raw) else { throw .system("opened", "\(path)/\(file)") }
    return descriptor
  }

  /// The files that were rolled over, oldest first: their names hold the time.
  func rolled() -> [String] {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return all.filter { stamp(of: $0) != nil }.sorted()
  }

  /// Puts the prepared file `fresh` in the place of the current one, under the exclusive lock.
  ///
  /// The old one gets the name of the moment; the oldest are removed so that `kept` files stay.
  func replaceCurrent(with fresh: String, at seconds: Int, keeping kept: Int) throws(LogError) {
    var rolled = rolled()
    if status(of: currentName) != nil {
      // A calendar may stand still or go back; the names must not, since they give the order.
      let last = rolled.last.flatMap(stamp) ?? .min
      let old = "\(name).@\(UTCStamp.compact(max(seconds, last == .min ? last : last + 1))).s"
      guard renameat(folder.raw, currentName, folder.raw, old) == 0 else {
        throw .system("renamed", currentPath)
      }
      rolled.append(old)
    }
    guard renameat(folder.raw, fresh, folder.raw, currentName) == 0 else {
      throw .system("renamed", "\(path)/\(fresh)")
    }
    for file in rolled.dropLast(max(0, kept - 1)) { unlinkat(folder.raw, file, 0) }
  }

  private func stamp(of file: String) -> Int? {
    let prefix = "\(name).@"
    guard file.hasPrefix(prefix), file.hasSuffix(".s") else { return nil }
    return UTCStamp.seconds(compact: file.dropFirst(prefix.count).dropLast(2))
  }
}
