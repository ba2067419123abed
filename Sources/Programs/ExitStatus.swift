import Glibc

/// How a process ended, in one number as shells tell it: its exit status, or 128 and the signal that
/// ended it.
///
/// - Parameter status: as wait(2) gives it, of a process that has ended.
public func exitStatus(fromWait status: Int32) -> Int32 {
  let signal = status & 0x7f
  return signal == 0 ? (status >> 8) & 0xff : 128 + signal
}

/// Waits for a process and tells its exit status, or 128 and the signal that ended it.
func waitForExitStatus(of process: pid_t) -> Int32 {
  var status: Int32 = 0
  while waitpid(process, &status, 0) != process, errno == EINTR {}
  return exitStatus(fromWait: status)
}

/// Waits until a process has ended, and leaves its status to be asked for.
func waitForEnd(of process: pid_t) {
  var information = siginfo_t()
  while waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
}
