import Dispatch
import Foundation
import Synchronization

/// Numbers that are never given out twice, not even after a crash.
///
/// A file holds a mark above all numbers given out. It is raised by 1,000 in advance, by a queue
/// of its own, so that nobody waits for the disk to get a number.
final class HighWaterMarks: Sendable {
  private struct State {
    var next: Int
    var mark: Int
    var isRaising = false
  }

  private static let step = 1000
  private let path: String
  private let state: Mutex<State>
  private let queue = DispatchQueue(label: "identifiers", qos: .utility)

  /// Reads the mark and raises it.
  ///
  /// - Parameter path: the file; a missing one means that no number was given out.
  /// - Throws: `HighWaterMarksError` when the file cannot be read or written.
  init(path: String) throws {
    self.path = path
    var mark = 0
    if let data = FileManager.default.contents(atPath: path) {
      let text = String(decoding: data, as: UTF8.self)
      guard let number = Int(text.trimmingCharacters(in: .whitespacesAndNewlines)), number >= 0
      else { throw HighWaterMarksError("The file \(path) does not hold a number.") }
      mark = number
    }
    state = Mutex(State(next: mark + 1, mark: mark + Self.step))
    try write(mark + Self.step)
  }

  /// The next number; nil while the mark cannot be raised.
  func next() -> Int? {
    state.withLock { state in
      if state.mark - state.next < Self.step / 2, !state.isRaising {
        state.isRaising = true
        let target = state.mark + Self.step
        queue.async { self.raise(to: target) }
      }
      guard state.next <= state.mark else { return nil }
      defer { state.next += 1 }
      return state.next
    }
  }

  /// The number that was given out last; 0 before the first.
  var last: Int { state.withLock { $0.next - 1 } }

  /// Notes exactly which numbers were given out, so that the next start goes on without a gap.
  ///
  /// No number may be asked for afterwards.
  func close() async {
    await withCheckedContinuation { continuation in
      queue.async {
        let last = self.state.withLock { state in
          state.mark = state.next - 1
          state.isRaising = true
          return state.mark
        }
        // The old mark stands if this fails, and that is safe.
        try? self.write(last)
        continuation.resume()
      }
    }
  }

  private func raise(to mark: Int) {
    let isWritten = (try? write(mark)) != nil
    state.withLock { state in
      if isWritten { state.mark = max(state.mark, mark) }
      state.isRaising = false
    }
  }

  private func write(_ mark: Int) throws {
    let temporary = path + ".new"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw HighWaterMarksError(errno, path) }
    let bytes = Array("\(mark)\n".utf8)
    let isWritten =
      Foundation.write(descriptor, bytes, bytes.count) == bytes.count && fsync(descriptor) == 0
    let code = errno
    Foundation.close(descriptor)
    guard isWritten else { throw HighWaterMarksError(code, path) }
    guard rename(temporary, path) == 0 else { throw HighWaterMarksError(errno, path) }
    let folder = open((path as NSString).deletingLastPathComponent, O_RDONLY | O_CLOEXEC)
    if folder >= 0 {
      fsync(folder)
      Foundation.close(folder)
    }
  }
}

/// Why numbers cannot be kept, as a sentence.
struct HighWaterMarksError: Error, Hashable, CustomStringConvertible {
  /// The sentence.
  let description: String

  init(_ description: String) { self.description = description }

  init(_ code: Int32, _ path: String) {
    self.init("The file \(path) cannot be written: \(String(cString: strerror(code))).")
  }
}
