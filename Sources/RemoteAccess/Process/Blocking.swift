import Dispatch
import Synchronization

/// Runs something asynchronous and blocks the thread until it is done.
///
/// Only for threads that belong to nobody else, such as a connection's: one of the cooperative pool
/// could wait for itself.
func blocking<Value: Sendable>(
  _ body: @escaping @Sendable () async throws -> Value
) throws -> Value {
  let outcome = Outcome<Value>()
  Task.detached {
    do {
      outcome.set(.success(try await body()))
    } catch {
      outcome.set(.failure(error))
    }
  }
  return try outcome.wait().get()
}

/// A result that one thread waits for.
private final class Outcome<Value: Sendable>: Sendable {
  private let done = DispatchSemaphore(value: 0)
  private let result = Mutex<Result<Value, any Error>?>(nil)

  func set(_ value: Result<Value, any Error>) {
    result.withLock { $0 = value }
    done.signal()
  }

  func wait() -> Result<Value, any Error> {
    done.wait()
    guard let result = result.withLock({ $0 }) else {
      preconditionFailure("The semaphore is signalled after the result is set.")
    }
    return result
  }
}
