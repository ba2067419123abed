public import Dialogue
import Programs
import Synchronization
public import Transcripts

/// A session over SSH at a user's terminal, written down as it goes.
public final class RecordedSession: Sendable {
  /// What the keyboard's thread and the session's share.
  private final class Desk: Sendable {
    let scribe: Mutex<SessionScribe>
    let ending = AsyncStream<Int32>.makeStream()

    init(_ scribe: consuming sending SessionScribe) {
      self.scribe = Mutex(scribe)
    }
  }

  private let desk: Desk
  private let program: TerminalProgram

  /// Opens a session; the appliance's user must be logged in.
  ///
  /// - Parameters:
  ///   - scribe: writes the session down.
  ///   - window: the user's, in character cells.
  ///   - show: shows what comes; called on a thread of the session's own.
  /// - Throws: `SSHTrouble`, or `SystemFailure` when the client cannot be started.
  public init(
    on appliance: RemoteAppliance, scribe: consuming sending SessionScribe, window: WindowSize,
    show: @escaping @Sendable ([UInt8]) -> Void
  ) async throws {
    let desk = Desk(scribe)
    self.desk = desk
    program = try TerminalProgram(
      try await appliance.connection(of: nil).session(terminal: nil),
      rows: UInt16(clamping: window.rows), columns: UInt16(clamping: window.columns)
    ) { bytes in
      show(bytes)
      desk.scribe.withLock { $0.show(bytes, at: .now) }
    } onEnd: { status in
      desk.ending.continuation.yield(status)
      desk.ending.continuation.finish()
    }
  }

  /// Types keys.
  public func type(_ keys: [UInt8]) {
    pass { $0.type(keys, at: .now) }
  }

  /// The user's window has changed.
  public func setWindow(_ window: WindowSize) {
    desk.scribe.withLock { $0.resize(window) }
    program.setWindow(
      rows: UInt16(clamping: window.rows), columns: UInt16(clamping: window.columns))
  }

  /// Ends the session as a line that hangs up does.
  public func hangUp() { program.hangUp() }

  /// Waits for the end of the session and of the recording.
  ///
  /// - Throws: `SSHTrouble` when the connection was lost, or what kept the file from being written.
  public func waitUntilEnded() async throws {
    let timer = Task {
      while !Task.isCancelled {
        try? await Task.sleep(for: .milliseconds(20))
        pass { $0.release(at: .now) }
      }
    }
    var status: Int32 = 0
    for await ending in desk.ending.stream { status = ending }
    timer.cancel()
    try desk.scribe.withLock { try $0.finish() }
    if status == 255 { throw SSHTrouble("The connection is lost.") }
  }

  /// What the scribe lets through goes to the session, in its order.
  private func pass(_ body: (inout SessionScribe) -> [UInt8]) {
    desk.scribe.withLock { scribe in
      let keys = body(&scribe)
      if !keys.isEmpty { program.type(keys) }
    }
  }
}
