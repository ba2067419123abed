import Configuration
import Control
import Dialogue

/// `tlsverify`: whether deliveries to a domain can use TLS, and whether they can verify the peer.
struct TLSVerify {
  let context: CommandContext
  var c: Conversation { context.conversation }

  func run() async throws {
    let words = context.arguments
    let domain: HostName
    var place: MailPlace?
    switch words.count {
    case 0:
      domain = try await c.ask("Enter the TLS domain to verify against:", as: HostName.self)
      place = try await c.ask(
        "Enter the destination host to connect to.  Append the port (example.com:26) if you are "
          + "not connecting on port 25:", as: MailPlace.self, default: MailPlace(domain))
    case 1...2:
      domain = try HostName(answer: words[0])
      place = words.count == 2 ? try MailPlace(answer: words[1]) : nil
    default: throw InvalidArguments()
    }
    let detour = place == MailPlace(domain) ? nil : place?.place
    let verification = Verification(
      c: c, probing: context.outside.probing, domain: domain.text, detour: detour)
    let isGood = try await c.interruptible { try await verification.run() }
    if !isGood { context.hasFailed = true }
  }

  /// The checks, each line as it happens.
  private struct Verification: Sendable {
    let c: Conversation
    let probing: any MailProbing
    let domain: String
    let detour: ProbedPlace?

    /// - Returns: whether all servers are as they should be.
    func run() async throws -> Bool {
      let route = try await servers()
      var isGood = true
      for server in route.servers {
        if let obstacle = server.obstacle {
          await c.say("\n\(server.name) cannot be connected to: \(obstacle).")
          isGood = false
        }
        for address in server.addresses where try await !verify(server, address) { isGood = false }
      }
      await c.say("\nTLS verification completed.")
      return isGood
    }

    private func servers() async throws -> ProbedRoute {
      do {
        return try await probing.route(to: domain, by: detour)
      } catch let failure as ProbeFailure {
        throw OperationFailed("\(domain) cannot be verified: \(failure).")
      }
    }

    private func verify(_ server: any ProbedServer, _ address: String) async throws -> Bool {
      do {
        await c.say("\nConnecting to \(address) on port \(server.port).")
        let connection = try await server.connect(to: address)
        await c.say("Connected to \(address) from interface \(connection.source).")
        do {
          try await check(connection)
          await connection.close()
        } catch {
          await connection.close()
          throw error
        }
      } catch let failure as ProbeFailure {
        try Task.checkCancellation()
        await c.say("TLS connection to \(address) failed: \(failure).")
        return false
      }
      await c.say("TLS connection to \(address) succeeded.")
      await c.say("TLS successfully connected to \(server.name).")
      return true
    }

    private func check(_ connection: any ProbedConnection) async throws {
      await c.say("Checking TLS connection.")
      let tls = try await connection.startTLS()
      await c.say(
        "TLS connection established: protocol \(tls.protocolName), cipher \(tls.cipher).")
      await c.say("Verifying peer certificate.")
      if let fault = tls.chainFault { throw ProbeFailure(fault) }
      await c.say("Verifying certificate common name \(tls.commonName).")
      if let fault = tls.nameFault {
        throw ProbeFailure("\(fault), the certificate is for \(tls.names)")
      }
      if let match = tls.match { await c.say("TLS certificate match \(match)") }
      await c.say("TLS certificate verified.")
    }
  }
}
