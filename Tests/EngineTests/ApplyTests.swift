import Configuration
import ConfigurationStore
import Control
import Engine
import Mail
import PKI
import TLS
import TestSupport
import Testing

@Suite struct ApplyTests {
  /// A program that is being started at this moment may hold a closed socket open for a moment.
  private func expectRefusal(by service: EngineAddresses.Service, _ source: String) async throws {
    try await eventually("nobody to listen on \(service.port)") {
      do {
        _ = try await Client(service, from: source)
        return false
      } catch is Surprise {
        return true
      }
    }
  }

  private func leaf(_ world: TestWorld) async throws -> Certificate? {
    let client = try await world.connect()
    _ = try await client.reply()
    try await client.startTLS(.client())
    return try await client.peerChain.first
  }

  @Test func theNextHandshakeShowsTheNewCertificateTwoHundredTimes() async throws {
    let pool = try await CertificatePool.shared
    let profiles = [
      try pool.profile("one.example", key: 0), try pool.profile("two.example", key: 1),
    ]
    try await withWorld { configuration in
      configuration.tls = .preferred
      configuration.certificates["own"] = profiles[1]
      configuration.listeners["IncomingMail"]?.certificate = "own"
    } _: { world in
      for round in 0..<200 {
        let profile = profiles[round % 2]
        #expect(try await world.commit { $0.certificates["own"] = profile }.isEmpty)
        let seen = try await leaf(world)
        #expect(seen == profile.certificate, "round \(round)")
      }
    }
  }

  @Test func aConnectionGoesOnUnderTheConfigurationThatItBeganWith() async throws {
    let pool = try await CertificatePool.shared
    try await withWorld {
      $0.tls = .preferred
    } _: { world in
      let before = try await leaf(world)
      let client = try await world.connect()
      _ = try await client.reply()
      try await world.commit { configuration in
        configuration.certificates["new"] = try pool.profile("new.example")
        configuration.listeners["IncomingMail"]?.certificate = "new"
      }
      try await client.startTLS(.client())
      #expect(try await client.peerChain.first == before)
      #expect(try await leaf(world)?.commonName == "new.example")
    }
  }

  @Test func theSocketOfAListenerThatStaysIsNeverClosed() async throws {
    try await withWorld { _ in
    } _: { world in
      let client = try await world.connect()
      _ = try await client.reply()
      for version in 0..<5 {
        try await world.commit { $0.interfaces["Data 1"]?.hostName = "h\(version).example.com" }
        let other = try await world.connect()
        #expect(try await other.reply() == "220 h\(version).example.com ESMTP\r\n")
      }
      #expect(try await client.command("NOOP") == "250 ok\r\n")
    }
  }

  @Test func aListenerMovesToAnotherPort() async throws {
    try await withWorld { _ in
    } _: { world in
      let old = try await world.service(.smtp, "IncomingMail")
      let source = await world.source("0.9")
      try await world.commit { $0.listeners["IncomingMail"]?.port = 2525 }
      #expect(try await world.service(.smtp, "IncomingMail").port == 2525)
      #expect(try await world.connect().reply().hasPrefix("220 "))
      try await expectRefusal(by: old, source)
    }
  }

  @Test func aListenerThatIsDeletedIsClosed() async throws {
    try await withWorld { _ in
    } _: { world in
      let old = try await world.service(.smtp, "IncomingMail")
      let source = await world.source("0.9")
      #expect(try await world.commit { $0.listeners["IncomingMail"] = nil }.isEmpty)
      try await expectRefusal(by: old, source)
    }
  }

  @Test func aPortInUseIsATroubleThatHealsItself() async throws {
    try await withWorld { _ in
    } _: { world in
      let slot = await world.engine.serviceAddresses.slot ?? 0
      let taken = try PortHolder(host: "127.\(slot).1.1", port: 2526)
      let troubles = try await world.commit { $0.listeners["IncomingMail"]?.port = 2526 }
      #expect(
        troubles == [
          "The listener \"IncomingMail\" cannot listen on 127.\(slot).1.1:2526:"
            + " Address already in use."
        ])
      // Committed all the same, and HTTPS goes on.
      let committed = try await world.appliance.store.committed().configuration
      #expect(committed.listeners["IncomingMail"]?.port == 2526)
      taken.release()
      try await eventually("the port to be ours") { await world.engine.troubles.isEmpty }
      #expect(try await world.connect().reply().hasPrefix("220 "))
    }
  }

  @Test func aCertificateThatCannotBeUsedIsATrouble() async throws {
    let pool = try await CertificatePool.shared
    try await withWorld {
      $0.tls = .preferred
    } _: { world in
      let troubles = try await world.commit { configuration in
        var profile = try pool.profile("mixed.example", key: 0)
        profile.key = Secret(bytes: pool.p256Keys[1].pkcs8DER)
        configuration.certificates["mixed"] = profile
        configuration.listeners["IncomingMail"]?.certificate = "mixed"
      }
      #expect(troubles.count == 1 && troubles[0].contains("cannot offer TLS"), "\(troubles)")
      let client = try await world.connect()
      _ = try await client.reply()
      #expect(try await client.command("EHLO a").contains("STARTTLS"))
      #expect(
        try await client.command("STARTTLS")
          == "454 TLS not available due to a temporary reason\r\n")
      #expect(try await client.command("NOOP") == "250 ok\r\n")
      #expect(
        try await world.log.contains(
          "ICID 1 TLS failed: 454 TLS not available due to a temporary reason"))
    }
  }

  @Test func aCommitThatNobodyToldOfIsServedSoon() async throws {
    try await withWorld { _ in
    } _: { world in
      try await TestWorld.commit(world.appliance.store) {
        $0.interfaces["Data 1"]?.hostName = "quiet.example.com"
      }
      try await eventually("the new name in the banner") {
        try await world.connect().reply() == "220 quiet.example.com ESMTP\r\n"
      }
    }
  }

  @Test func theNetworksFilesAreFollowed() async throws {
    try await withWorld { _ in
    } _: { world in
      #expect(try await world.connect().reply().hasPrefix("220 "))
      try world.directory.write(Array("10.0.0.9 -9\n".utf8), to: "network/sbrs")
      try await eventually("the new score") {
        try await world.connect().reply().hasPrefix("554 ")
      }
      try world.directory.write(Array("nonsense\n".utf8), to: "network/sbrs")
      try await eventually("the trouble") {
        await world.engine.troubles == [
          "Line 1 of the reputation table is not an address or network with a score from -10.0 to"
            + " 10.0."
        ]
      }
    }
  }

  @Test func addressesThatFallTogetherAreATrouble() async throws {
    try await withWorld(sbrs: "172.16.1.1 3\n") { _ in
    } _: { world in
      #expect(
        world.troubles == [
          "172.16.1.1 (the reputation table) and 192.168.1.1 (interface \"Data 1\") fall together"
            + " in the lab network; change one of them."
        ])
    }
  }
}
