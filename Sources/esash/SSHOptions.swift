import ArgumentParser
import SSHClient

/// How an appliance somewhere else is reached.
struct SSHOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("An appliance that is reached by SSH.", valueName: "USER@HOST[:PORT]"),
    transform: { text in
      guard let destination = SSHDestination(text) else {
        throw ValidationError("Write USER@HOST or USER@HOST:PORT.")
      }
      return destination
    })
  var ssh: SSHDestination?
  @Option(name: .long, help: "The private key for --ssh.") var identity: String?
  @Option(
    name: .long,
    help: ArgumentHelp("An option of ssh, as in ssh_config(5).", valueName: "NAME=VALUE"))
  var sshOption: [String] = []

  /// The appliance, or nil where none is named.
  var appliance: RemoteAppliance? {
    ssh.map { RemoteAppliance($0, identity: identity, options: sshOption) }
  }
}
