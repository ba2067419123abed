import Foundation
import Synchronization

/// Many clients at once for some time.
struct Load {
  /// Threads that each do one thing after another.
  let clients: Int
  /// Seconds.
  let duration: Double

  /// What came of it.
  struct Result {
    /// How often the thing was done.
    let count: Int
    /// Seconds that it took.
    let seconds: Double

    var rate: Double { Double(count) / seconds }
  }

  /// Runs the load.
  ///
  /// - Parameter client: does the thing until `goOn` says no; returns how often.
  func run(_ client: @escaping @Sendable (_ goOn: () -> Bool) throws -> Int) throws -> Result {
    let end = DispatchTime.now().uptimeNanoseconds + UInt64(duration * 1e9)
    let total = Mutex(0)
    let failure = Mutex<String?>(nil)
    let taken = time {
      let group = DispatchGroup()
      for _ in 0..<clients {
        group.enter()
        Thread.detachNewThread {
          do {
            let count = try client { DispatchTime.now().uptimeNanoseconds < end }
            total.withLock { $0 += count }
          } catch {
            failure.withLock { $0 = "\(error)" }
          }
          group.leave()
        }
      }
      group.wait()
    }
    if let text = failure.withLock({ $0 }) { throw Failure(text) }
    return Result(count: total.withLock { $0 }, seconds: taken / 1000)
  }
}
