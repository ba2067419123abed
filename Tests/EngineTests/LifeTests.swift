import Addresses
import Configuration
import Control
import ConfigurationStore
import Engine
import Foundation
import Mail
import TestSupport
import Testing

@Suite struct LifeTests {
  @Test func oneProcessAtATimeIsTheEngine() async throws {
    try await withWorld { _ in
    } _: { world in
      let second = try await Engine.claim(world.appliance)
      #expect(second == nil)
    }
  }

  @Test func anEngineThatYieldsMakesRoomForAnother() async throws {
    // No other test comes so far down.
    let world = try await TestWorld(recordedSlot: 30, yields: true)
    let slot = await world.engine.serviceAddresses.slot
    #expect(slot == 30)
    let client = EngineClient(directory: world.directory.path, patience: .seconds(60))
    #expect(try await client.send(.yield)?.ok == true)
    var options = EngineOptions()
    options.patience = .seconds(10)
    let next = try #require(try await Engine.claim(world.appliance, options))
    await world.engine.waitUntilEnded()
    #expect(try await next.start().isEmpty)
    // It keeps the slot that the appliance had, so that addresses stay the same.
    #expect(await next.serviceAddresses.slot == slot)
    let service = try #require(
      await next.serviceAddresses.services.first { $0.kind == .smtp })
    let sender = try await Client(service, from: "127.\(slot ?? 0).0.9")
    #expect(try await sender.reply().hasPrefix("220 "))
    await next.shutDown()
    await world.end()
  }

  @Test func anEngineThatDoesNotYieldSaysSoAndServesOn() async throws {
    try await withWorld { _ in
    } _: { world in
      let client = EngineClient(directory: world.directory.path, patience: .seconds(60))
      let reply = try await client.send(.yield)
      let sentence = "Process \(getpid()) serves this appliance and does not yield; end it first."
      #expect(reply?.ok == false && reply?.error == sentence)
      #expect(try await client.send(.status)?.ok == true)
      #expect(try await world.connect().reply().hasPrefix("220 "))
    }
  }

  @Test func theInsideStoreWaitsForItsPort() async throws {
    let world = try await TestWorld(recordedSlot: 31)
    let slot = try #require(await world.engine.serviceAddresses.slot)
    await world.engine.shutDown()
    let holder = try PortHolder(host: "127.\(slot).1.50", port: 10_025)
    let next = try await TestWorld.claim(world.appliance)
    let troubles = try await next.start()
    #expect(troubles.count == 1)
    #expect(troubles.first?.hasPrefix("The inside store does not take mail. ") == true)
    holder.release()
    try await eventually("it takes mail") { await next.troubles.isEmpty }
    await next.shutDown()
    await world.end()
  }

  @Test func clientsAreToldGoodbye() async throws {
    let world = try await TestWorld()
    let client = try await world.connect()
    _ = try await client.reply()
    let start = ContinuousClock.now
    await world.end()
    #expect(ContinuousClock.now - start < .seconds(5))
    #expect(
      try await client.rest()
        == "421 mail.example.com Service not available, closing transmission channel\r\n")
    #expect(try await world.log.last == "ICID 1 close")
    let file = try #require(EngineFile(in: world.directory.path))
    #expect(file.socket == nil && file.process == nil && file.slot != nil)
  }

  @Test func numbersGoOnAfterARestart() async throws {
    let world = try await TestWorld()
    _ = try await world.connect().reply()
    await world.end()
    let next = try await TestWorld.claim(world.appliance)
    _ = try await next.start()
    let slot = await next.serviceAddresses.slot ?? 0
    let service = try #require(
      await next.serviceAddresses.services.first { $0.kind == .smtp })
    let client = try await Client(service, from: "127.\(slot).0.9")
    _ = try await client.reply()
    try await eventually("the second number") {
      try world.directory.text("log/mail.current").contains("New SMTP ICID 2 interface")
    }
    await next.shutDown()
  }

  @Test func addressesAreKnownBeforeAnythingIsOpen() async throws {
    let directory = try TemporaryDirectory()
    let appliance = try await Appliance(at: directory.path, environment: .test())
    let engine = try await TestWorld.claim(appliance)
    let planned = try await engine.plannedAddresses()
    #expect(planned.services.map(\.name) == ["IncomingMail", "Management"])
    #expect(EngineFile(in: directory.path) == nil)
    _ = try await engine.start()
    #expect(await engine.serviceAddresses == planned)
    #expect(try await engine.plannedAddresses() == planned)
    await engine.shutDown()
    #expect(try await engine.plannedAddresses() == planned)
  }

  @Test func theRealNetworkIsTakenAsItStands() async throws {
    let directory = try TemporaryDirectory()
    let appliance = try await Appliance(at: directory.path, environment: .test())
    // An address of this machine that belongs to no slot's network.
    try await TestWorld.commit(appliance.store) { configuration in
      configuration.interfaces["Data 1"]?.address = IPv4Address("127.255.7.1")
      configuration.listeners["IncomingMail"]?.port = 22525
      configuration.interfaces["Management"]?.https = nil
    }
    var options = EngineOptions()
    options.network = .real
    options.mailLimits.inbound.farewellTime = .milliseconds(300)
    let engine = try #require(try await Engine.claim(appliance, options))
    #expect(try await engine.start().isEmpty)
    let addresses = await engine.serviceAddresses
    #expect(addresses.slot == nil && addresses.stranger == nil)
    let service = try #require(addresses.services.first)
    #expect(service.host == "127.255.7.1" && service.port == 22525)
    let client = try await Client(service, from: "127.0.0.99")
    #expect(try await client.reply() == "220 mail.example.com ESMTP\r\n")
    try await eventually("the line in the log") {
      try directory.text("log/mail.current").contains("address 127.0.0.99 reverse dns host unknown")
    }
    await engine.shutDown()
  }

  @Test func shuttingDownTwiceIsHarmless() async throws {
    let world = try await TestWorld()
    async let first: Void = world.engine.shutDown()
    async let second: Void = world.engine.shutDown()
    _ = await (first, second)
    #expect(try await world.engine.start().isEmpty)
    await world.end()
  }
}
