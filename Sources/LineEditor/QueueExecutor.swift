import Dispatch

/// Runs an actor's jobs on a serial queue of its own.
///
/// A read that waits for a key blocks its thread for hours. The cooperative pool has only as many
/// threads as the machine has cores, so such an actor must not sit there.
final class QueueExecutor: SerialExecutor {
  private let queue: DispatchQueue

  init(label: String) {
    queue = DispatchQueue(label: label)
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async {
      job.runSynchronously(on: self.asUnownedSerialExecutor())
    }
  }

  func checkIsolated() {
    dispatchPrecondition(condition: .onQueue(queue))
  }
}
