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
    limitMemory(to: 512 << 20)
    let appliance = try await place.open()
    let settings = try await appliance.store.committed().configuration.log
    let audit = try AuditLogs(of: appliance, settings)
    var rules = ConnectionRules()
    rules.isLegacy = legacy
    try await SSHConnection.serve(socket: 3, server: 4, from: origin, to: appliance, rules) {
      audit.record($0)
      // The disk that takes no attempts may take no log either.
      if case .undecided = $0 { note("\($0)") }
    }
    await audit.close()
  }
}

/// Limits the memory of this process and of those that it starts (setrlimit(2), RLIMIT_DATA).
///
/// - Parameter bytes: the limit; nil takes back what a parent has set.
func limitMemory(to bytes: rlim_t?) {
  let data = __rlimit_resource_t(RLIMIT_DATA.rawValue)
  var limit = rlimit()
  getrlimit(data, &limit)
  limit.rlim_cur = min(limit.rlim_max, bytes ?? limit.rlim_max)
  setrlimit(data, &limit)
}
