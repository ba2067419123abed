import GRDB
import Synchronization

/// Empties the write-ahead log of the queue beside the writer, so that no message waits for it.
///
/// It goes by parts on a connection of its own, while the writer goes on writing at the log's end.
/// Only when the log has grown long does the writer itself do the last part: it then begins the
/// log anew.
final class Checkpointer: Sendable {
  private struct State {
    /// Bytes of the log since it began anew, roughly.
    var length = 0
    /// Those of them that are not in the database yet.
    var behind = 0
    var isRunning = false

    mutating func grow(by bytes: Int) -> Step {
      length += bytes
      behind += bytes
      guard !isRunning else { return .none }
      if length >= Checkpointer.longestLog {
        self = State()
        return .finish
      }
      guard behind >= Checkpointer.part else { return .none }
      isRunning = true
      return .begin(bytes: behind)
    }
  }

  private enum Step {
    case none
    case begin(bytes: Int)
    case finish
  }

  /// Bytes that are worth a part.
  private static let part = 4 << 20
  /// Bytes of log at which it is begun anew.
  private static let longestLog = 64 << 20

  private let connection: DatabaseQueue
  private let state = Mutex(State())

  /// - Parameter connection: one that nobody else waits for.
  init(connection: DatabaseQueue) { self.connection = connection }

  /// Notes on the writer's thread that a transaction was written.
  func logGrew(by bytes: Int, on writer: Database) {
    switch state.withLock({ $0.grow(by: bytes) }) {
    case .none: break
    case .begin(let bytes):
      connection.asyncWriteWithoutTransaction { database in
        Self.checkpoint(database)
        self.state.withLock { state in
          state.behind -= bytes
          state.isRunning = false
        }
      }
    case .finish: Self.checkpoint(writer)
    }
  }

  /// Writes what can be written without waiting for others.
  ///
  /// What cannot be written stays in the log, where it is safe, until the next time.
  private static func checkpoint(_ database: Database) {
    _ = try? database.checkpoint(.passive)
  }
}
