import Files
import TestSupport
import Testing

@Suite("Locks")
struct FileLockTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  @Test("a lock is held by one at a time, and is free when its holder is gone")
  func locks() async throws {
    let path = directory.path("lock")
    var holder = try FileLock(path: path)
    #expect(holder != nil)
    #expect(directory.mode("lock") == 0o600)
    #expect(try FileLock(path: path) == nil)
    let waiting = Task { try await FileLock.waiting(path: path) }
    try await Task.sleep(for: .milliseconds(30))
    #expect(try FileLock(path: path) == nil)
    holder = nil
    let next = try await waiting.value
    #expect(try FileLock(path: path) == nil)
    withExtendedLifetime(next) {}
    #expect(throws: FileError.self) { try FileLock(path: directory.path("no/lock")) }
  }

  @Test("waiting for a lock ends with its task")
  func cancelledLock() async throws {
    let path = directory.path("lock")
    let holder = try FileLock(path: path)
    let waiting = Task { try await FileLock.waiting(path: path) }
    waiting.cancel()
    await #expect(throws: CancellationError.self) { try await waiting.value }
    withExtendedLifetime(holder) {}
  }
}
