import ArgumentParser
import Configuration
import ConfigurationStore
import Glibc
import RemoteAccess

/// `esash ssh-connection`: one SSH client, in a process of its own; only `esash serve` starts it.
///
/// Descriptor 3 is the connection, descriptor 4 the server.
struct SSHConnectionCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ssh-connection", abstract: "Serve one SSH client.", shouldDisplay: false)

  @OptionGroup var place: ApplianceOption
  @Option(name: .customLong("from")) var origin: String
  @Flag var legacy = false

  func run() async throws {
    // What libssh keeps for a client that breaks all windows ends here, in this process alone.
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_DATA.rawValue), &limit)
    limit.rlim_cur = min(limit.rlim_max, 512 << 20)
    setrlimit(__rlimit_resource_t(RLIMIT_DATA.rawValue), &limit)
    let appliance = try await place.open()
    let settings = try await appliance.store.committed().configuration.log
    let audit = try AuditLogs(of: appliance, settings)
    var rules = ConnectionRules()
    rules.isLegacy = legacy
    try await SSHConnection.serve(socket: 3, server: 4, from: origin, to: appliance, rules) {
      audit.record($0)
    }
    await audit.close()
  }
}
