import Dispatch
import Foundation
import Glibc
import Synchronization

/// A program that runs on a terminal of ours: what it shows comes, what is typed goes.
public final class TerminalProgram: Sendable {
  private let process: pid_t
  private let terminal: PseudoTerminal
  private let typing = DispatchQueue(label: "esash.terminal-program")
  /// Whether the process is not waited for yet, so that its number is its own.
  private let isRunning = Mutex(true)

  /// Starts a program on a new terminal.
  ///
  /// - Parameters:
  ///   - onOutput: takes what the program shows, piece by piece, on a thread of its own.
  ///   - onEnd: called there when the program is over and all it showed has come, with its exit
  ///     status, or 128 and the signal that ended it.
  /// - Throws: `SystemFailure`.
  public init(
    _ program: Program, rows: UInt16, columns: UInt16,
    onOutput: @escaping @Sendable ([UInt8]) -> Void, onEnd: @escaping @Sendable (Int32) -> Void
  ) throws(SystemFailure) {
    let terminal = try PseudoTerminal(rows: rows, columns: columns)
    do {
      process = try program.start(.terminal(terminal))
    } catch {
      close(terminal.nearEnd)
      throw error
    }
    self.terminal = terminal
    Thread.detachNewThread { [self] in
      relay(onOutput)
      let status = waitForEnd()
      onEnd(status)
    }
  }

  deinit {
    close(terminal.nearEnd)
  }

  /// Types bytes, in order with those typed before; returns at once.
  public func type(_ bytes: [UInt8]) {
    typing.async { [self] in
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = write(terminal.nearEnd, Array(rest), rest.count)
        guard count > 0 || errno == EINTR else { return }
        rest = rest.dropFirst(max(0, count))
      }
    }
  }

  /// Changes the window, in character cells.
  public func setWindow(rows: UInt16, columns: UInt16) {
    terminal.setWindow(rows: rows, columns: columns)
  }

  /// Ends the program as a line that hangs up does; by force where it does not listen.
  public func hangUp() {
    signal(SIGHUP)
    DispatchQueue.global().asyncAfter(deadline: .now() + 5) { self.signal(SIGKILL) }
  }

  private func signal(_ number: Int32) {
    isRunning.withLock { if $0 { _ = kill(process, number) } }
  }

  /// Hands on what is shown until the far end is closed, which reads as EIO.
  private func relay(_ onOutput: ([UInt8]) -> Void) {
    var buffer = [UInt8](repeating: 0, count: 32 << 10)
    while true {
      let count = read(terminal.nearEnd, &buffer, buffer.count)
      if count > 0 {
        onOutput(Array(buffer.prefix(count)))
      } else if count == 0 || errno != EINTR {
        return
      }
    }
  }

  private func waitForEnd() -> Int32 {
    // The process is not taken from the system's list before nobody signals it any more.
    var information = siginfo_t()
    while waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
    return isRunning.withLock { isRunning in
      isRunning = false
      return waitForExitStatus(of: process)
    }
  }
}
