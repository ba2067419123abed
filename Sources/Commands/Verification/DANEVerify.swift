import Configuration
import Control
import Dialogue

/// `daneverify`: whether deliveries to a domain can obey DANE (RFC 7672).
struct DANEVerify {
  let context: CommandContext
  var c: Conversation { context.conversation }

  func run() async throws {
    let domain: HostName
    switch context.arguments.count {
    case 0: domain = try await c.ask("Enter the domain to verify:", as: HostName.self)
    case 1: domain = try HostName(answer: context.arguments[0])
    default: throw InvalidArguments()
    }
    let verification = Verification(c: c, probing: context.outside.probing, domain: domain.text)
    let isGood = try await c.interruptible { try await verification.run() }
    if !isGood { context.hasFailed = true }
  }

  /// The checks, each line as it happens.
  private struct Verification: Sendable {
    let c: Conversation
    let probing: any MailProbing
    let domain: String

    /// - Returns: whether all servers are as they should be.
    func run() async throws -> Bool {
      await c.say("\nTrying DANE for \(domain).")
      let servers = try await servers()
      var verified = 0
      for server in servers where try await verify(server) { verified += 1 }
      await c.say(verified > 0 ? "\nDANE SUCCESS for \(domain)" : "\nDANE FAILED for \(domain)")
      await c.say("DANE verification completed.")
      return verified == servers.count
    }

    /// The mail exchangers, or the domain itself in their place.
    private func servers() async throws -> [any ProbedServer] {
      let route: ProbedRoute
      do {
        route = try await probing.route(to: domain, by: nil)
      } catch let failure as ProbeFailure {
        throw OperationFailed("\(domain) cannot be verified: \(failure).")
      }
      guard route.source != .smtpRoute else {
        throw OperationFailed("An SMTP route leads to \(domain): DANE is not applied to it.")
      }
      if route.source == .exchangers {
        for server in route.servers {
          await c.say("\(word(route.isSecure)) MX record(\(server.name)) found for \(domain)")
        }
      }
      return route.servers
    }

    private func verify(_ server: any ProbedServer) async throws -> Bool {
      do {
        await c.say()
        if let obstacle = server.obstacle { throw ProbeFailure(obstacle) }
        for address in server.addresses {
          await c.say(
            "\(word(server.isSecure)) A record (\(address)) found for MX(\(server.name)) in \(domain)"
          )
        }
        switch await server.tlsa() {
        case .none: throw ProbeFailure("there are no secure TLSA records")
        case .unusable: throw ProbeFailure("no TLSA record is usable")
        case .failed(let reason): throw ProbeFailure(reason)
        case .usable(let records):
          for record in records {
            await c.say("SECURE TLSA record (\(record)) found for MX(\(server.name)) in \(domain)")
          }
        }
        for address in server.addresses { try await check(server, address) }
        return true
      } catch let failure as ProbeFailure {
        try Task.checkCancellation()
        await c.say("DANE verification of MX(\(server.name)) failed: \(failure).")
        return false
      }
    }

    private func check(_ server: any ProbedServer, _ address: String) async throws {
      await c.say("Connecting to \(address) on port \(server.port).")
      let connection = try await server.connect(to: address)
      await c.say("Connected to \(address) from interface \(connection.source).")
      await c.say("Checking TLS connection.")
      do {
        let tls = try await connection.startDANE()
        await connection.close()
        await c.say(
          "TLS connection established: protocol \(tls.protocolName), cipher \(tls.cipher).")
      } catch {
        await connection.close()
        throw error
      }
      await c.say("The certificate is what the TLSA records say.")
      await c.say("TLS connection to \(address) succeeded.")
    }

    private func word(_ isSecure: Bool) -> String { isSecure ? "SECURE" : "INSECURE" }
  }
}
