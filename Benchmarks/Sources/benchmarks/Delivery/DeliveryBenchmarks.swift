import Foundation
import Synchronization

/// Mail that is taken, kept durably and delivered to many domains, against Postfix.
struct DeliveryBenchmarks {
  let world: World

  func run() throws -> [Figure] {
    try PostfixServer.require()
    let domains = ManyDomains()
    let servers = try MailServers(
      world.esash, in: world.folder.appendingPathComponent("delivery").path, key: ["rsa:2048"],
      port: 20_027, delivering: domains)
    defer { servers.stop() }
    let sinks = try Sinks(at: domains.addresses(slot: servers.esash.slot))
    defer { sinks.stop() }
    let comparison = try servers.compare(rounds: world.scale.runs) { server in
      try relay(world.scale.messages, through: server, domains, sinks)
    }
    return comparison.figures(
      "Messages relayed to \(domains.domains) domains at \(domains.hosts) hosts", rate: nil)
  }

  /// From the first connection until the last message has arrived.
  private func relay(
    _ count: Int, through server: any MailServer, _ domains: ManyDomains, _ sinks: Sinks
  ) throws -> Load.Result {
    let body = LoadClient.message(bytes: 2_048)
    let next = Counter()
    let before = sinks.count
    let (address, port) = (server.address, server.port)
    let taken = try time {
      // Its time does not matter: each client goes on until all are sent.
      _ = try Load(clients: 8, duration: 0).run { _ in
        var client = try LoadClient(to: address, port: port)
        try client.command("EHLO client.example", 250)
        var sent = 0
        while let number = next.take(below: count) {
          try client.message(body, to: "box@\(domains.domain(number))")
          sent += 1
        }
        try client.command("QUIT", 221)
        return sent
      }
      try sinks.wait(for: before + count)
    }
    return Load.Result(count: count, seconds: taken / 1000)
  }
}

/// Gives each number once, to whatever thread.
private final class Counter: Sendable {
  private let next = Mutex(0)

  func take(below limit: Int) -> Int? {
    next.withLock { next in
      guard next < limit else { return nil }
      defer { next += 1 }
      return next
    }
  }
}
