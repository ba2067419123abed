import Dispatch
import Foundation

/// A named pipe that a session holds open as long as it lives.
///
/// Its lock tells whether the session is alive, however its process ended; its time of change, when
/// something was last typed; and what is written into it ends the session.
final class SessionDoor: Sendable {
  let path: String
  private let descriptor: Int32
  // Set once and only cancelled later; Dispatch itself is safe from any thread.
  private nonisolated(unsafe) let knocks: any DispatchSourceRead

  /// Makes the pipe and holds it.
  ///
  /// - Parameter onKnock: called with the name of whoever wants the session ended.
  /// - Throws: `StoreError` when the pipe cannot be made.
  init(at path: String, onKnock: @escaping @Sendable (String) -> Void) throws(StoreError) {
    guard mkfifo(path, 0o600) == 0 else { throw Self.failure(path) }
    // Open for writing too: so there is no end of file when a writer leaves.
    let descriptor = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure(path) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw Self.failure(path)
    }
    self.path = path
    self.descriptor = descriptor
    knocks = DispatchSource.makeReadSource(
      fileDescriptor: descriptor, queue: DispatchQueue(label: "session.door"))
    knocks.setEventHandler {
      var bytes = [UInt8](repeating: 0, count: 256)
      let count = read(descriptor, &bytes, bytes.count)
      if count > 0 { onKnock(String(decoding: bytes[..<count], as: UTF8.self)) }
    }
    knocks.setCancelHandler { close(descriptor) }
    knocks.activate()
  }

  deinit { knocks.cancel() }

  private static func failure(_ path: String) -> StoreError {
    StoreError("The session cannot be registered at \(path): \(String(cString: strerror(errno))).")
  }

  /// Notes that something was typed now.
  func touch() { futimens(descriptor, nil) }

  /// Takes the pipe away; the session is over.
  func remove() { unlink(path) }

  // MARK: From other sessions

  /// Whether a living session holds the pipe, and when something was last typed into it.
  static func look(at path: String) -> (isHeld: Bool, lastInput: Date?) {
    let descriptor = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return (false, nil) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFIFO else {
      return (false, nil)
    }
    let seconds = TimeInterval(status.st_mtim.tv_sec) + TimeInterval(status.st_mtim.tv_nsec) / 1e9
    let isHeld = flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
    return (isHeld, Date(timeIntervalSince1970: seconds))
  }

  /// Tells the session behind a pipe to end.
  ///
  /// - Returns: false when nobody is there.
  static func knock(at path: String, as user: String) -> Bool {
    guard look(at: path).isHeld else { return false }
    let descriptor = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    let name = Array(user.utf8)
    return write(descriptor, name, name.count) == name.count
  }
}
