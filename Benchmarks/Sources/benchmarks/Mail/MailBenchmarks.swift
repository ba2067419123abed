import Foundation

/// Mail and TLS against Postfix in the same run.
struct MailBenchmarks {
  let esash: String
  let folder: String

  /// All figures; none where there is no Postfix, or no root to run it.
  func run() throws -> [Figure] {
    guard geteuid() == 0, FileManager.default.fileExists(atPath: "/usr/sbin/postfix") else {
      return []
    }
    var figures: [Figure] = []
    for (name, key, port) in [
      ("RSA-2048", ["rsa:2048"], 20_025),
      ("ECDSA P-256", ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"], 20_026),
    ] {
      let servers = try MailServers(esash, in: "\(folder)/\(port)", key: key, port: port)
      defer { servers.stop() }
      figures += try sessions(servers, name)
      if port == 20_025 {
        figures += try messages(servers)
        figures += try idle(servers.esash)
      }
    }
    return figures
  }

  private func sessions(_ servers: MailServers, _ name: String) throws -> [Figure] {
    let load = Load(clients: 32, duration: 3)
    let result = try servers.compare(rounds: 5, load) { address, port, goOn in
      var count = 0
      while goOn() {
        var client = try LoadClient(to: address, port: port)
        try client.command("EHLO client.example", 250)
        try client.startTLS()
        try client.command("EHLO client.example", 250)
        try client.command("QUIT", 221)
        count += 1
      }
      return count
    }
    return figures("STARTTLS sessions, \(name), 32 clients", result, rate: 1.4, time: 0.6)
  }

  private func messages(_ servers: MailServers) throws -> [Figure] {
    let line = String(repeating: "x", count: 70) + "\r\n"
    let body = Array(
      ("Subject: load\r\n\r\n" + String(repeating: line, count: 10_240 / 72) + ".\r\n").utf8)
    let fresh = try servers.compare(rounds: 5, Load(clients: 32, duration: 3)) {
      address, port, goOn in
      var count = 0
      while goOn() {
        var client = try LoadClient(to: address, port: port)
        try client.command("EHLO client.example", 250)
        try client.message(body)
        try client.command("QUIT", 221)
        count += 1
      }
      return count
    }
    let standing = try servers.compare(rounds: 5, Load(clients: 8, duration: 3)) {
      address, port, goOn in
      var client = try LoadClient(to: address, port: port)
      try client.command("EHLO client.example", 250)
      var count = 0
      while goOn() {
        try client.message(body)
        count += 1
      }
      try client.command("QUIT", 221)
      return count
    }
    return figures("Durable 10 KiB messages, new connections, 32 clients", fresh, rate: 2)
      + figures("Durable 10 KiB messages, 8 standing connections", standing, rate: 4)
  }

  /// Five thousand connections with TLS that do nothing, twice: what stays after the first time
  /// must serve the second.
  private func idle(_ server: EsashServer) throws -> [Figure] {
    var limit = rlimit(rlim_cur: 20_000, rlim_max: 20_000)
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    let count = 5_000
    let before = server.processes.memory
    var held: [Int] = []
    var left: [Int] = []
    for _ in 0..<2 {
      var clients: [IdleClient] = []
      for _ in 0..<count { clients.append(try IdleClient(to: server.address, port: server.port)) }
      held.append(server.processes.memory - before)
      clients = []
      // The server closes its side; what its allocator keeps is seen after that.
      Thread.sleep(forTimeInterval: 3)
      left.append(server.processes.memory - before)
    }
    return [
      Figure(
        name: "Memory of an idle TLS connection, \(count) held", unit: "KB",
        runs: [Double(held[0]) / Double(count) / 1024], goal: 25),
      Figure(
        name: "Memory that stays after they are closed", unit: "MB",
        runs: [Double(left[0]) / 1_048_576]),
      Figure(
        name: "… after as many again", unit: "MB", runs: [Double(left[1]) / 1_048_576]),
    ]
  }

  private func figures(
    _ name: String, _ result: (esash: [Measurement], postfix: [Measurement]), rate: Double,
    time: Double? = nil
  ) -> [Figure] {
    var figures = [
      Figure(name: name, unit: "/s", runs: result.esash.map(\.rate)),
      Figure(name: "… Postfix", unit: "/s", runs: result.postfix.map(\.rate)),
      Figure(
        name: "… ratio", unit: "×",
        runs: zip(result.esash, result.postfix).map { $0.rate / $1.rate }, goal: rate),
      Figure(name: "… server's CPU", unit: "µs", runs: result.esash.map(\.processorTime)),
      Figure(name: "… Postfix's CPU", unit: "µs", runs: result.postfix.map(\.processorTime)),
    ]
    figures.append(
      Figure(
        name: "… ratio of CPU", unit: "×",
        runs: zip(result.esash, result.postfix).map { $0.processorTime / $1.processorTime },
        goal: time))
    figures.append(
      Figure(name: "… the load's own CPU", unit: "µs", runs: result.esash.map(\.loadTime)))
    figures.append(
      Figure(
        name: "… ratio of a server that costs nothing", unit: "×",
        runs: zip(result.esash, result.postfix).map { $0.ceiling / $1.rate }))
    return figures
  }
}

/// Holds a client for as long as it lives.
final class IdleClient {
  private var client: LoadClient

  init(to address: String, port: Int) throws {
    client = try LoadClient(to: address, port: port)
    try client.command("EHLO client.example", 250)
    try client.startTLS()
    try client.command("EHLO client.example", 250)
  }
}
