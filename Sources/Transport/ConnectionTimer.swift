public import NIOCore

/// Keeps a connection's time, on its event loop and by the monotonic clock.
///
/// The timer is not set anew for each sign of life: when it runs off, it looks whether there was
/// one.
public final class ConnectionTimer {
  private let eventLoop: any EventLoop
  private var deadline = NIODeadline.distantFuture
  private var finalDeadline = NIODeadline.distantFuture
  private var scheduled: Scheduled<Void>?

  /// Makes a timer for a connection on that loop.
  public init(eventLoop: any EventLoop) { self.eventLoop = eventLoop }

  /// Whatever is expected, the connection ends after this time.
  public func limit(to time: Duration) { finalDeadline = .now() + TimeAmount(time) }

  /// The connection has come to its end: only what is expected counts from now on.
  public func liftLimit() { finalDeadline = .distantFuture }

  /// Calls `body` unless there is a sign of life, or another expectation, within the time.
  public func expect(within time: Duration, otherwise body: @escaping () -> Void) {
    deadline = .now() + TimeAmount(time)
    arm(body)
  }

  /// Notes a sign of life: the time begins anew.
  public func restart(_ time: Duration) { deadline = .now() + TimeAmount(time) }

  /// Expects nothing any more.
  public func cancel() { scheduled?.cancel() }

  private func arm(_ body: @escaping () -> Void) {
    scheduled?.cancel()
    scheduled = eventLoop.assumeIsolated().scheduleTask(deadline: min(deadline, finalDeadline)) {
      if NIODeadline.now() >= min(self.deadline, self.finalDeadline) {
        body()
      } else {
        self.arm(body)
      }
    }
  }
}
