import Foundation

/// A lock on a file, shared by all processes of the machine (`flock(2)`); released with the value.
public final class FileLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock.
  ///
  /// - Parameters:
  ///   - path: the file, made with mode 0600 if it is missing.
  ///   - waits: whether to wait for another holder.
  /// - Returns: nil when another process holds the lock and `waits` is false.
  /// - Throws: `StoreError` when the file cannot be opened.
  public init?(path: String, waits: Bool) throws(StoreError) {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw StoreError("Could not open \(path): \(String(cString: strerror(errno))).")
    }
    var result: Int32
    repeat { result = flock(descriptor, waits ? LOCK_EX : LOCK_EX | LOCK_NB) }
    while result != 0 && errno == EINTR
    if result != 0 {
      // The deinitialiser closes the descriptor.
      return nil
    }
  }

  deinit { close(descriptor) }
}
