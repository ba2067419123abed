import Foundation

/// What connections with TLS cost that do nothing.
struct IdleBenchmarks {
  let scale: Scale

  /// Connections are held again and again: what stays after the first time must serve the next.
  func run(_ servers: MailServers) throws -> [Figure] {
    var limit = rlimit(rlim_cur: 20_000, rlim_max: 20_000)
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    let ours = try hold(scale.connections, servers.esash)
    // A process each: Postfix has no more by default than a hundred.
    let theirs = try hold(min(scale.connections, 100), servers.postfix)
    return [
      Figure(
        name: "Memory of an idle TLS connection, \(Spread.grouped(scale.connections)) held",
        unit: "KB",
        runs: ours.held, goal: 25),
      Figure(
        name: "… Postfix, \(min(scale.connections, 100)) held, a process each", unit: "KB",
        runs: theirs.held),
      Figure(
        name: "… ratio", unit: "×", runs: zip(ours.held, theirs.held).map { $0 / $1 }),
      Figure(name: "… memory that stays after they are closed", unit: "MB", runs: ours.left),
    ]
  }

  /// - Returns: for each time, kilobytes of each connection while they are held, and megabytes that
  ///   stay when they are closed; both against the server before the first.
  private func hold(
    _ count: Int, _ server: any MailServer
  ) throws -> (held: [Double], left: [Double]) {
    let before = try server.processes.memory
    var held: [Double] = []
    var left: [Double] = []
    for _ in 0..<scale.runs {
      var clients: [IdleClient] = []
      for _ in 0..<count { clients.append(try IdleClient(to: server.address, port: server.port)) }
      held.append(Double(try server.processes.memory - before) / Double(count) / 1024)
      clients = []
      // The server closes its side; what its allocator keeps is seen after that.
      Thread.sleep(forTimeInterval: 2)
      left.append(Double(try server.processes.memory - before) / 1_048_576)
    }
    return (held, left)
  }
}

/// Holds a client for as long as it lives.
private final class IdleClient {
  private var client: LoadClient

  init(to address: String, port: Int) throws {
    client = try LoadClient(to: address, port: port)
    try client.command("EHLO client.example", 250)
    try client.startTLS()
    try client.command("EHLO client.example", 250)
  }
}
