import CLibEdit
import Dispatch
import Glibc
import Synchronization

/// The process's signals as events: Ctrl-C between two prompts, a new window size, the end.
///
/// Library code never touches a signal's disposition; the executable makes one of these, connects
/// it to its terminal and calls `activate`. From then on the four signals no longer end the
/// process: whoever observes them must. One that was ignored from the start, as under nohup(1), stays
/// ignored. There should be one in a process, and it lives as long.
///
///     let signals = SignalPipe()
///     signals?.observe { editor.receive($0) }
///     signals?.activate()
public final class SignalPipe: Sendable {
  /// A signal that a session understands.
  public enum Signal: CaseIterable, Sendable {
    /// SIGINT: Ctrl-C while no prompt is shown.
    case interrupt
    /// SIGWINCH: the window has another size.
    case windowChange
    /// SIGHUP: the line hung up.
    case hangUp
    /// SIGTERM: someone asks the process to end.
    case terminate

    /// The number that the system knows it by.
    public var number: Int32 {
      switch self {
      case .interrupt: SIGINT
      case .windowChange: SIGWINCH
      case .hangUp: SIGHUP
      case .terminate: SIGTERM
      }
    }
  }

  private let pipe: WakePipe
  private let observers = Mutex<[@Sendable (Signal) -> Void]>([])
  private let queue = DispatchQueue(label: "esash.signals")

  /// Makes a pipe that is not connected to any signal yet; nil when no descriptor is left.
  public init?() {
    guard let pipe = WakePipe() else { return nil }
    self.pipe = pipe
  }

  /// Has a closure called, on a queue of the pipe's own, for each signal that arrives.
  ///
  /// - Parameter observer: must return soon; signals wait while it runs.
  public func observe(_ observer: @escaping @Sendable (Signal) -> Void) {
    observers.withLock { $0.append(observer) }
  }

  /// Takes over the signals of the whole process.
  public func activate() {
    let source = DispatchSource.makeReadSource(fileDescriptor: pipe.readEnd, queue: queue)
    // The handler keeps pipe and source alive for as long as signals may arrive: for ever.
    source.setEventHandler { [self] in
      deliver()
      withExtendedLifetime(source) {}
    }
    source.activate()
    for signal in Signal.allCases {
      _ = clibedit_catch_signal(signal.number, pipe.writeEnd)
    }
  }

  private func deliver() {
    let arrived = pipe.drain()
    let observers = observers.withLock { $0 }
    for signal in arrived.compactMap(Signal.init(byte:)) {
      for observer in observers { observer(signal) }
    }
  }
}

extension SignalPipe.Signal {
  fileprivate init?(byte: UInt8) {
    guard let signal = Self.allCases.first(where: { $0.number == Int32(byte) }) else { return nil }
    self = signal
  }
}
