import Configuration
import ConfigurationStore
import Control
import Engine
import Foundation
import PKI
import TLS
import TestSupport
import Testing

/// Revocation lists in a running engine, against the verdict of `openssl verify -crl_check`.
@Suite struct RevocationTests {
  private static let file = "lab.crl"

  /// A world whose listener wants certificates of the lab's authority, and looks at its lists.
  private func withLists(
    primary: String = file, secondary: String = "", minutes: Int = 0, _ list: [UInt8]? = nil,
    _ body: (TestWorld, IssuedCertificates) async throws -> Void
  ) async throws {
    let issued = try await IssuedCertificates.shared
    try await withWorld { configuration in
      configuration.tls = .requiredVerify
      configuration.authorities[issued.root.sha256] = CertificateAuthority(
        certificate: issued.root)
      configuration.authorityLists.isCustomEnabled = true
      configuration.authorityLists.isSystemEnabled = false
    } _: { world in
      let list = list ?? Array(issued.revocationLists.joined().utf8)
      try world.appliance.files.write(list, to: Self.file)
      try await world.commit { configuration in
        var source = CRLSource()
        source.primary = primary
        source.secondary = secondary
        source.updateInterval = minutes
        configuration.crlSources["lab"] = source
        configuration.crlChecks.inbound = true
      }
      try await body(world, issued)
    }
  }

  /// Whether the listener takes a client that shows a certificate.
  private func takes(
    _ verdict: IssuedCertificates.Verdict, _ world: TestWorld
  ) async throws -> Bool {
    let issued = try await IssuedCertificates.shared
    let client = try await world.connect()
    _ = try await client.reply()
    do {
      try await client.startTLS(
        .client(
          identity: TLSIdentity(
            certificate: issued[verdict].certificate, intermediates: [issued.intermediate],
            key: issued[verdict].key)))
      return try await client.command("NOOP").hasPrefix("250")
    } catch {
      return false
    }
  }

  /// What the engine's log tells of lists, without dates and levels.
  private func lines(_ world: TestWorld) throws -> [String] {
    try world.directory.text("log/system.current").split(separator: "\n")
      .compactMap { line in line.range(of: ": CRL ").map { String(line[$0.upperBound...]) } }
  }

  @Test(arguments: IssuedCertificates.Verdict.allCases)
  func theListenerJudgesAsOpenSSLDoes(verdict: IssuedCertificates.Verdict) async throws {
    try await withLists { world, issued in
      let output = try issued.folder.openssl(
        "verify -CAfile root.pem -untrusted sub.pem -CRLfile crls.pem -crl_check",
        "-purpose sslclient -attime \(Int(Date.testMoment.timeIntervalSince1970))",
        "\(verdict.rawValue).pem", status: nil)
      #expect(try await takes(verdict, world) == output.contains("OK"), "\(output)")
    }
  }

  @Test func withoutTheSwitchNoListIsLookedAt() async throws {
    try await withLists { world, _ in
      #expect(try await !takes(.revoked, world))
      try await world.commit {
        $0.crlChecks.inbound = false
        $0.crlChecks.outbound = true
      }
      #expect(try await takes(.revoked, world))
    }
  }

  @Test func aListThatIsBadLaterTakesNothingAway() async throws {
    try await withLists { world, _ in
      try world.appliance.files.write(Array("nonsense".utf8), to: Self.file)
      let update = try #require(await world.engine.handle(.crlUpdate).crls?.first)
      #expect(update.source == "lab" && !update.isDone)
      #expect(
        update.text == "not updated (lab.crl: no revocation list, or a damaged one), in use stays"
          + " 2 lists, 1 revoked, good until Mon Jan  1 00:00:00 2035 GMT")
      #expect(try await !takes(.revoked, world))
      #expect(try lines(world).last == "lab: \(update.text)")
    }
  }

  /// A list in the place of the good ones: whose, made when, and what is told of it.
  @Test(arguments: [
    ("Nobody", 2026, "no list of O=Lab,CN=Lab Root, as the one in use"),
    ("Lab Root", 2026, "not signed by O=Lab,CN=Lab Root"),
    ("Nobody", 2033, "not good before Sat Jan  1 00:00:00 2033 GMT"),
    ("Lab Sub CA", 2025, "older than the list in use, which was made Thu Jan  1 00:00:00 2026 GMT"),
  ])
  func aListThatCouldHideSomethingTakesNothingAway(
    name: String, year: Int, reason: String
  ) async throws {
    try await withLists { world, issued in
      let list = try await IssuedCertificates.foreignList(
        of: name, thisUpdate: IssuedCertificates.date(year: year),
        nextUpdate: IssuedCertificates.date(year: 2035))
      let lists = name == "Lab Sub CA" ? issued.revocationLists[0] + list : list
      try world.appliance.files.write(Array(lists.utf8), to: Self.file)
      let update = try #require(await world.engine.handle(.crlUpdate).crls?.first)
      #expect(!update.isDone)
      #expect(update.text.hasPrefix("not updated (lab.crl: \(reason)), in use stays 2 lists"))
      #expect(try await !takes(.revoked, world))
      #expect(try await takes(.good, world))
    }
  }

  @Test func theFirstListOfAnUnknownAuthorityLetsNobodyPassWhoIsRevoked() async throws {
    let forged = try await IssuedCertificates.foreignList(
      of: "Lab Sub CA", thisUpdate: IssuedCertificates.date(year: 2026),
      nextUpdate: IssuedCertificates.date(year: 2035))
    try await withLists(Array(forged.utf8)) { world, _ in
      let last = try #require(lines(world).last)
      #expect(last.hasPrefix("lab: updated from lab.crl, 1 list"))
      #expect(try await !takes(.revoked, world))
    }
  }

  @Test func goodListsOutliveTheEngine() async throws {
    try await withLists { world, _ in
      try FileManager.default.removeItem(atPath: world.directory.path("configuration/lab.crl"))
      await world.engine.shutDown()
      let next = try await TestWorld.claim(world.appliance)
      _ = try await next.start()
      #expect(try await !takes(.revoked, world))
      #expect(try await takes(.good, world))
      await next.shutDown()
      #expect(world.directory.mode("crl.json") == 0o600)
    }
  }

  @Test func aListOutOfDateVouchesForNobody() async throws {
    try await withLists { world, issued in
      #expect(try await takes(.good, world))
      // 2034: the certificates are good for some time yet, and the lists are not.
      let list = Array(issued.revocationLists[1].utf8)
      let end = try #require(RevocationList.lists(in: list)[0].nextUpdate)
      let passed = end.timeIntervalSince(.testMoment) + 1
      _ = await world.engine.handle(.clock(offset: passed))
      #expect(try await !takes(.good, world))
      let update = try #require(await world.engine.handle(.crlUpdate).crls?.first)
      #expect(update.text.hasPrefix("not updated (lab.crl: out of date since Mon Jan  1 "))
    }
  }

  @Test func theSecondaryPlaceStandsIn() async throws {
    try await withLists(primary: "missing.crl", secondary: Self.file) { world, _ in
      #expect(try await !takes(.revoked, world))
      let lines = try lines(world)
      #expect(
        lines == [
          "lab: updated from lab.crl, 2 lists, 1 revoked, good until Mon Jan  1 00:00:00 2035 GMT"
            + " (missing.crl: Error: the file \"missing.crl\" does not exist.)"
        ])
    }
  }

  @Test(arguments: [(CRLSource.Encoding.pem, true), (.asn1, false)])
  func theTypeMustBeRight(encoding: CRLSource.Encoding, isPEM: Bool) async throws {
    let text = try await IssuedCertificates.shared.revocationLists[1]
    let der = try #require(RevocationList.lists(in: Array(text.utf8)).first).der
    let wrong = isPEM ? der : Array(text.utf8)
    try await withLists(wrong) { world, _ in
      try await world.commit { $0.crlSources["lab"]?.encoding = encoding }
      let reason = isPEM ? "a list in ASN.1, not in PEM" : "a list in PEM, not in ASN.1"
      let update = try #require(await world.engine.handle(.crlUpdate).crls?.first)
      #expect(update.text.hasPrefix("not updated (lab.crl: \(reason)), "))
      try world.appliance.files.write(isPEM ? Array(text.utf8) : der, to: Self.file)
      #expect(await world.engine.handle(.crlUpdate).crls?.first?.isDone == true)
      #expect(try await !takes(.revoked, world))
    }
  }

  @Test func aWebServerIsAskedAgainWhenItsTimeHasCome() async throws {
    let issued = try await IssuedCertificates.shared
    try await withLists(primary: "http://10.0.0.7:8080/lab.crl", minutes: 60) { world, _ in
      // Nobody is there yet.
      try await eventually("a first try") { try lines(world).count == 1 }
      let first = try lines(world)
      #expect(
        first == [
          "lab: not updated (http://10.0.0.7:8080/lab.crl: connection refused), there is no list"
        ])
      #expect(try await takes(.revoked, world))
      let server = try await CannedWebServer(
        at: world.source("0.7"), port: 8080,
        ["/lab.crl": CannedWebServer.page(issued.revocationLists.joined())])
      _ = await world.engine.handle(.clock(offset: 3600))
      try await eventually("the list counts") { try await !takes(.revoked, world) }
      #expect(server.requests.count == 1)
      await server.stop()
    }
  }
}
