import Foundation

/// Mail and TLS against Postfix in the same run.
struct MailBenchmarks {
  let world: World

  private struct Key {
    let name: String
    let algorithm: String
    let arguments: [String]
    let port: Int
  }

  private static let rsa = Key(
    name: "RSA-2048", algorithm: "rsa2048", arguments: ["rsa:2048"], port: 20_025)
  private static let ecdsa = Key(
    name: "ECDSA P-256", algorithm: "ecdsap256",
    arguments: ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"], port: 20_026)

  /// All figures; Postfix must be there, and root to run it.
  func run() throws -> [Figure] {
    try PostfixServer.require()
    return try with(Self.rsa) { servers in
      try sessions(servers, Self.rsa) + messages(servers)
        + IdleBenchmarks(scale: world.scale).run(servers)
    } + with(Self.ecdsa) { try sessions($0, Self.ecdsa) }
  }

  private func with(_ key: Key, _ body: (MailServers) throws -> [Figure]) throws -> [Figure] {
    let servers = try MailServers(
      world.esash, in: world.folder.appendingPathComponent("\(key.port)").path,
      key: key.arguments, port: key.port)
    defer { servers.stop() }
    return try body(servers)
  }

  private func sessions(_ servers: MailServers, _ key: Key) throws -> [Figure] {
    let result = try compare(servers, clients: 32) { address, port, goOn in
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
    let limits = try (0..<world.scale.runs).map { _ in
      try KeyLimit(algorithm: key.algorithm).measure()
    }
    func share(_ measurements: [Measurement]) -> [Double] {
      zip(measurements, limits).map { $0.rate / $1 * 100 }
    }
    return result.figures("STARTTLS sessions, \(key.name), 32 clients", rate: 1.4, time: 0.6) + [
      Figure(name: "… signatures of `openssl speed`, all cores", unit: "/s", runs: limits),
      Figure(name: "… sessions of that limit", unit: "%", runs: share(result.esash)),
      Figure(name: "… Postfix's of that limit", unit: "%", runs: share(result.postfix)),
    ]
  }

  private func messages(_ servers: MailServers) throws -> [Figure] {
    let body = LoadClient.message(bytes: 10_240)
    let fresh = try compare(servers, clients: 32) { address, port, goOn in
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
    let standing = try compare(servers, clients: 8) { address, port, goOn in
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
    return fresh.figures("Durable 10 KiB messages, new connections, 32 clients", rate: 2)
      + standing.figures("Durable 10 KiB messages, 8 standing connections", rate: 4)
  }

  private func compare(
    _ servers: MailServers, clients: Int,
    _ client: @escaping @Sendable (_ address: String, _ port: Int, () -> Bool) throws -> Int
  ) throws -> Comparison {
    let load = Load(clients: clients, duration: world.scale.loadTime)
    return try servers.compare(rounds: world.scale.runs) { server in
      let (address, port) = (server.address, server.port)
      return try load.run { try client(address, port, $0) }
    }
  }
}
