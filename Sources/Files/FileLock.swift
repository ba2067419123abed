import Glibc

/// A lock on a file, shared by all processes of the machine (`flock(2)`); released with the value.
public final class FileLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock.
  ///
  /// - Parameters:
  ///   - path: the file, made with mode 0600 if it is missing; no symbolic link.
  ///   - waits: whether to block the thread until another holder gives it up; tasks use `waiting`.
  /// - Returns: nil when somebody else holds the lock and `waits` is false.
  /// - Throws: `FileError` when the file cannot be opened or locked.
  public init?(path: String, waits: Bool = false) throws(FileError) {
    descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileError(.lockFile, path) }
    // However this ends, the deinitialiser closes the descriptor.
    while flock(descriptor, waits ? LOCK_EX : LOCK_EX | LOCK_NB) != 0 {
      if errno == EWOULDBLOCK { return nil }
      guard errno == EINTR else { throw FileError(.lockFile, path) }
    }
  }

  /// Takes the lock as soon as it is free, without blocking a thread that its holder may need.
  ///
  /// - Throws: `FileError` as above, and `CancellationError`.
  public static func waiting(path: String) async throws -> FileLock {
    while true {
      if let lock = try FileLock(path: path) { return lock }
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  deinit { close(descriptor) }
}
