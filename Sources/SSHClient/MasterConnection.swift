import Foundation
import Programs

/// A connection of OpenSSH's client to an appliance, which is logged in once (`ssh`, ControlMaster
/// in ssh_config(5)); sessions and copies then go over it without being asked for anything.
///
/// The client itself asks for a passphrase, on the user's terminal or by SSH_ASKPASS: it is never
/// seen here.
struct MasterConnection: Sendable {
  private let destination: SSHDestination
  /// The options that every call has.
  private let options: [String]
  /// The folder of the socket; nobody else may enter it.
  private let folder: String

  /// How long a connection outlives a process that was killed, in seconds.
  private static let afterlife = 60

  /// Connects and logs in.
  ///
  /// - Parameter options: options of the client, such as those for a key.
  /// - Throws: `SSHTrouble`; the client has told the reason on the error output.
  static func open(
    _ destination: SSHDestination, options: [String]
  ) async throws -> MasterConnection {
    let connection = try MasterConnection(destination, options: options)
    let client = connection.program(
      "ssh",
      [
        "-M", "-N", "-f", "-o", "ControlPersist=\(afterlife)", "-o", "ServerAliveInterval=30",
        "-o", "ClearAllForwardings=yes", "-o", "ForwardAgent=no",
      ] + connection.target)
    let status: Int32
    do {
      status = try await client.run()
    } catch {
      throw SSHTrouble("The program ssh cannot be started: \(error).")
    }
    guard status == 0 else {
      await connection.close()
      throw SSHTrouble(
        "There is no connection to \(destination.host) as \(destination.user): ssh ended with "
          + "status \(status).")
    }
    return connection
  }

  private init(_ destination: SSHDestination, options: [String]) throws {
    self.destination = destination
    // A socket's path is short (sun_path in unix(7)); the client adds 17 bytes for a while.
    let usual = FileManager.default.temporaryDirectory.path
    let name = "esash-ssh-\(UUID().uuidString.prefix(8))"
    folder = (usual.utf8.count < 60 ? usual : "/tmp") + "/" + name
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    self.options = ["-o", "ControlPath=\(folder)/socket"] + options
  }

  private var target: [String] {
    (destination.port.map { ["-p", String($0)] } ?? [])
      + ["-l", destination.user, "--", destination.host]
  }

  private func program(
    _ name: String, _ arguments: [String], terminal: String? = nil
  ) -> Program {
    var environment = ProcessInfo.processInfo.environment
    if let terminal { environment["TERM"] = terminal }
    return Program(name, arguments: options + arguments, environment: environment)
  }

  /// A session on a terminal.
  ///
  /// - Parameter terminal: its name for the far end; nil for the user's own.
  func session(terminal: String?) -> Program {
    // Quiet, so that nothing but the session is seen; without an escape character, so that all
    // that is typed goes to it.
    program(
      "ssh", ["-tt", "-q", "-e", "none", "-o", "ControlMaster=no", "-o", "BatchMode=yes"] + target,
      terminal: terminal)
  }

  /// Copies a file to the appliance by the old scp protocol, the one it speaks.
  func send(_ file: String, to path: String) -> Program { copy([file, remote(path)]) }

  /// Copies a file from the appliance.
  func fetch(_ path: String, to file: String) -> Program { copy([remote(path), file]) }

  private func copy(_ files: [String]) -> Program {
    let port = destination.port.map { ["-P", String($0)] } ?? []
    return program(
      "scp", ["-O", "-q", "-o", "ControlMaster=no", "-o", "BatchMode=yes"] + port + ["--"] + files)
  }

  /// The far end's shell takes the path apart, so it is quoted.
  private func remote(_ path: String) -> String {
    let host = destination.host.contains(":") ? "[\(destination.host)]" : destination.host
    let isPlain = path.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || "/._-".contains($0))
    }
    // By scalars: to Swift, some letters and the quote behind them are one character.
    let escaped = path.unicodeScalars.map { $0 == "'" ? "'\\''" : String($0) }.joined()
    let quoted = isPlain ? path : "'\(escaped)'"
    return "\(destination.user)@\(host):\(quoted)"
  }

  /// Logs out.
  func close() async {
    _ = try? await program("ssh", ["-q", "-O", "exit"] + target).output()
    try? FileManager.default.removeItem(atPath: folder)
  }
}
