import Addresses
import Configuration
import Control
import Foundation
import Mail
import PKI
import Peers
import Resolver
import TestSupport
import Testing

/// What a probe finds out about peers of the lab, beside what the sessions of `tlsverify` show.
@Suite struct MailProbeTests {
  /// Peers in a slot of the lab network, whose authority the appliance trusts.
  private struct World {
    let directory: TemporaryDirectory
    let slot: LabSlot
    let network: MailNetwork
    let lab: PeerLab
    let authority: Authority
    var configuration: Configuration

    init() async throws {
      let pool = try await CertificatePool.shared
      directory = try TemporaryDirectory()
      slot = try LabSlot.claim()
      configuration = try Configuration.factory(pool: pool)
      network = MailNetwork(
        slot: slot.number, configuration: configuration,
        zone: try Zone(masterFile: DeliveryWorld.zone), reputation: .empty)
      lab = PeerLab(folder: directory.path, map: network.map) { .testMoment }
      authority = try await lab.authority.open(at: .testMoment)
      let root = authority.root.certificate
      configuration.authorities[root.sha256] = CertificateAuthority(certificate: root)
      configuration.authorityLists.isCustomEnabled = true
    }

    /// The one server of the domain, with a peer behind it.
    func withServer<Value>(
      _ behaviour: String, release: Release = .release14,
      _ body: (any ProbedServer) async throws -> Value
    ) async throws -> Value {
      guard let behaviour = Behaviour.named(behaviour) else { throw Surprise("no such behaviour") }
      let probe = try MailProbe(configuration, release: release, network: network) { .testMoment }
      let route = try await probe.route(to: "partner.example", by: nil)
      let server = try #require(route.servers.first)
      let peer = try await lab.start(
        "mx1.partner.example", behaviour, at: IPv4Address(bits: 0x0A00_0001))
      do {
        let value = try await body(server)
        await peer.stop()
        return value
      } catch {
        await peer.stop()
        throw error
      }
    }

    /// What TLS with the one server comes to.
    func tls(_ behaviour: String, release: Release = .release14) async throws -> ProbedTLS {
      try await withServer(behaviour, release: release) { server in
        let connection = try await server.connect(to: "10.0.0.1")
        do {
          let tls = try await connection.startTLS()
          await connection.close()
          return tls
        } catch {
          await connection.close()
          throw error
        }
      }
    }
  }

  @Test(arguments: [Release.release14, .release16])
  func theCertificateOfDeliveriesIsPresented(release: Release) async throws {
    var world = try await World()
    let key = try await CertificatePool.shared.key(.p256, 2)
    let template = CertificateTemplate.host("mail.example.com", at: .testMoment)
    world.configuration.certificates["own"] = CertificateProfile(
      certificate: try world.authority.certify(template, key: key),
      key: Secret(bytes: key.pkcs8DER),
      intermediates: [world.authority.issuer(.new).certificate],
      request: try CertificateRequest(subject: template.subject, key: key))
    world.configuration.ssl.outbound.maximum = release.factoryMaximumTLS
    // The demonstration certificate is not what the peer wants; with TLS 1.3 it says so late.
    await #expect(throws: ProbeFailure.self) {
      _ = try await world.tls("client-certificate-required", release: release)
    }
    world.configuration.outbound.certificate = "own"
    let tls = try await world.tls("client-certificate-required", release: release)
    #expect(tls.chainFault == nil && tls.match == "mx1.partner.example")
  }

  @Test func aChainWithoutTrustIsAFaultAndNoFailure() async throws {
    let world = try await World()
    let tls = try await world.tls("expired")
    #expect(tls.chainFault == "certificate has expired")
    #expect(tls.commonName == "mx1.partner.example")
  }

  @Test func theConfirmedNameOfTheAddressCounts() async throws {
    var world = try await World()
    world.configuration.routes["partner.example"] = Route(hosts: [.init(host: "10.0.0.1")])
    let route = try await MailProbe(
      world.configuration, release: .release14, network: world.network
    ) { .testMoment }.route(to: "partner.example", by: nil)
    #expect(route.source == .smtpRoute)
    // The route names an address; only its PTR record leads to the name in the certificate.
    #expect(try await world.tls("good").match == "mx1.partner.example")
  }

  @Test func aDetourPassesTheExchangersBy() async throws {
    let world = try await World()
    let probe = try MailProbe(
      world.configuration, release: .release14, network: world.network
    ) { .testMoment }
    let detour = ProbedPlace(host: "10.0.0.9", port: 26)
    let servers = try await probe.route(to: "partner.example", by: detour).servers
    #expect(servers.map(\.port) == [26])
    #expect(servers.map(\.addresses) == [["10.0.0.9"]])
  }

  @Test func aSilentServerIsLeftAtOnce() async throws {
    let world = try await World()
    try await world.withServer("black-hole") { server in
      let connection = try await server.connect(to: "10.0.0.1")
      let task = Task { try await connection.startTLS() }
      task.cancel()
      await #expect(throws: ProbeFailure.self) { try await task.value }
      await connection.close()
    }
  }
}
