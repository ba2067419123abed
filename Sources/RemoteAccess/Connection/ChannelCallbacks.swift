import CLibSSH

extension ssh_channel_callbacks_struct {
  /// The requests of a session channel, with the functions that answer them.
  ///
  /// - Parameter data: the `SessionChannel`, which must outlive the callbacks.
  static func answering(_ data: UnsafeMutableRawPointer) -> ssh_channel_callbacks_struct {
    var callbacks = ssh_channel_callbacks_struct()
    callbacks.size = MemoryLayout<ssh_channel_callbacks_struct>.size
    callbacks.userdata = data
    callbacks.channel_pty_request_function = answerTerminal
    callbacks.channel_pty_window_change_function = answerWindow
    callbacks.channel_shell_request_function = answerShell
    callbacks.channel_exec_request_function = answerCommand
    callbacks.channel_signal_function = answerSignal
    callbacks.channel_close_function = answerClose
    callbacks.channel_env_request_function = refuseVariable
    callbacks.channel_subsystem_request_function = refuseSubsystem
    return callbacks
  }
}

private func channel(_ data: UnsafeMutableRawPointer) -> SessionChannel {
  Unmanaged<SessionChannel>.fromOpaque(data).takeUnretainedValue()
}

private func answerTerminal(
  _ session: ssh_session?, _: ssh_channel?, _ terminal: UnsafePointer<CChar>?, _ columns: Int32,
  _ rows: Int32, _ width: Int32, _ height: Int32, _ data: UnsafeMutableRawPointer?
) -> Int32 {
  guard let data, let terminal else { return -1 }
  let window = ClientWindow(rows: rows, columns: columns)
  return channel(data).setTerminal(String(cString: terminal), window) ? 0 : -1
}

private func answerWindow(
  _ session: ssh_session?, _: ssh_channel?, _ columns: Int32, _ rows: Int32, _ width: Int32,
  _ height: Int32, _ data: UnsafeMutableRawPointer?
) -> Int32 {
  guard let data else { return -1 }
  channel(data).setWindow(ClientWindow(rows: rows, columns: columns))
  return 0
}

private func answerShell(
  _ session: ssh_session?, _: ssh_channel?, _ data: UnsafeMutableRawPointer?
) -> Int32 {
  guard let data else { return 1 }
  return channel(data).openShell() ? 0 : 1
}

private func answerCommand(
  _ session: ssh_session?, _: ssh_channel?, _ line: UnsafePointer<CChar>?,
  _ data: UnsafeMutableRawPointer?
) -> Int32 {
  guard let data, let line else { return 1 }
  return channel(data).execute(String(cString: line)) ? 0 : 1
}

private func answerSignal(
  _ session: ssh_session?, _: ssh_channel?, _ name: UnsafePointer<CChar>?,
  _ data: UnsafeMutableRawPointer?
) {
  guard let data, let name else { return }
  channel(data).signal(String(cString: name))
}

private func answerClose(
  _ session: ssh_session?, _: ssh_channel?, _ data: UnsafeMutableRawPointer?
) {
  guard let data else { return }
  channel(data).close()
}

private func refuseVariable(
  _ session: ssh_session?, _: ssh_channel?, _ name: UnsafePointer<CChar>?,
  _ value: UnsafePointer<CChar>?, _ data: UnsafeMutableRawPointer?
) -> Int32 { 1 }

private func refuseSubsystem(
  _ session: ssh_session?, _: ssh_channel?, _ name: UnsafePointer<CChar>?,
  _ data: UnsafeMutableRawPointer?
) -> Int32 { 1 }
