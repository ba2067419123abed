import Glibc
import LineEditor
import Synchronization

/// Does work that SIGINT, SIGTERM and SIGHUP cancel.
///
/// When the work has left everything in order, the process ends as it would have by the signal. A
/// second signal does not wait for that.
func stoppedBySignals<Value: Sendable>(
  _ work: @escaping @Sendable () async -> Value
) async -> Value {
  let task = Task { await work() }
  let caught = Mutex<SignalPipe.Signal?>(nil)
  let signals = SignalPipe()
  signals?.observe { signal in
    guard signal != .windowChange else { return }
    let isFirst = caught.withLock { caught in
      defer { caught = signal }
      return caught == nil
    }
    if isFirst { task.cancel() } else { end(by: signal) }
  }
  signals?.activate()
  let value = await task.value
  if let signal = caught.withLock({ $0 }) { end(by: signal) }
  return value
}

/// Ends the process as a signal does that nobody catches.
private func end(by signal: SignalPipe.Signal) -> Never {
  Glibc.signal(signal.number, SIG_DFL)
  // Threads of libdispatch block all signals.
  var signals = sigset_t()
  sigemptyset(&signals)
  sigaddset(&signals, signal.number)
  pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  raise(signal.number)
  // Where that does not end it, as for the first process of a container: a shell's status for it.
  _exit(128 + signal.number)
}
