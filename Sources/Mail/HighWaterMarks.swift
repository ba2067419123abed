import Dispatch
import Files
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
  /// - Throws: `HighWaterMarksError` when the file holds something else, `FileError` when it cannot
  ///   be written.
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

  private func write(_ mark: Int) throws(FileError) {
    try PrivateFile.write("\(mark)\n", to: path)
  }
}

/// What is wrong with a file of a mark, as a sentence.
struct HighWaterMarksError: Error, Hashable, CustomStringConvertible {
  /// The sentence.
  let description: String

  init(_ description: String) { self.description = description }
}
