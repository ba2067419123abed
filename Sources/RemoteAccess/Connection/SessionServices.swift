import Configuration
import ConfigurationStore
import Programs

/// What a user gets over a channel: a shell, the output of commands, the copying of files.
struct SessionServices {
  let appliance: Appliance
  let user: LoginDesk.User
  let origin: String
  let record: @Sendable (AuthenticationEvent) -> Void

  /// A client's terminal.
  typealias Terminal = (name: String, window: ClientWindow)

  /// A session at the prompt; without a terminal it reads lines, as from a pipe.
  func shell(on terminal: Terminal?) throws -> any ChannelService {
    let program = program("shell", [], terminal)
    guard let window = terminal?.window else { return try ProgramService(program) }
    return try ProgramService(program, rows: window.rows, columns: window.columns)
  }

  /// Commands, or one end of `scp`.
  ///
  /// What the client sends to commands is not read: some send a passphrase that nobody asked for. A
  /// terminal changes nothing for them, since they ask nothing and page nothing.
  func command(_ line: String, on terminal: Terminal?) throws -> any ChannelService {
    if let copying = CopyCommand(line) {
      guard user.role == .administrator || user.role == .operator else {
        return RefusalService("scp: your role does not allow you to copy files")
      }
      record(
        .loggedOn(user: user.name, origin: origin, role: user.role, how: "SCP connection"))
      return CopyService(copying, in: appliance.files)
    }
    // By a pipe, since lists of processes show arguments to everybody.
    return try ProgramService(
      program("run", ["--line"], terminal), input: Array(line.utf8),
      isOnTerminal: terminal != nil)
  }

  private func program(_ name: String, _ more: [String], _ terminal: Terminal?) -> Program {
    Program(
      arguments: [
        name, "--appliance", appliance.directory, "--user", user.name, "--from", origin,
      ] + more, environment: PassedEnvironment.variables(terminal: terminal?.name))
  }
}
