import ConfigurationStore
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite("Session registry") struct SessionRegistryTests {
  let world: TestAppliance
  var registry: SessionRegistry { world.appliance.sessions }

  init() async throws { world = try await TestAppliance() }

  @Test("sessions are seen by every process on the appliance, and gone when they have left")
  func presence() async throws {
    let one = try await registry.enter(user: "admin", from: "console") { _ in }
    let two = try await registry.enter(user: "joe", from: "10.0.0.1") { _ in }
    let other = try await world.openedAgain().sessions
    let present = try await other.present()
    #expect(present.map(\.user) == ["admin", "joe"])
    #expect(present.map(\.origin) == ["console", "10.0.0.1"])
    #expect(present.allSatisfy { $0.process == getpid() && $0.ended == nil })
    await one.leave()
    #expect(try await other.present().map(\.number) == [two.number])
    let logins = try await other.logins()
    #expect(logins.map(\.user) == ["joe", "admin"])
    #expect(logins[1].ended == .testMoment && logins[0].ended == nil)
    await two.leave()
  }

  @Test("a session that nobody ended is missed by whoever looks next")
  func crash() async throws {
    var presence: SessionPresence? = try await registry.enter(user: "joe", from: "console") { _ in }
    #expect(try await registry.present().count == 1)
    withExtendedLifetime(presence) {}
    presence = nil
    try await eventually("the door to fall shut") {
      try await registry.present().isEmpty
    }
    let login = try #require(try await registry.logins().first)
    #expect(login.ended != nil)
    #expect(try await registry.logins().first?.ended == login.ended)
    #expect(
      try FileManager.default.contentsOfDirectory(
        atPath: "\(world.appliance.directory)/sessions") == [])
  }

  @Test("a session ends when it leaves, not when something was last typed in it")
  func end() async throws {
    let presence = try await registry.enter(user: "joe", from: "console") { _ in }
    world.appliance.environment.calendar.offset += 3600
    await presence.leave()
    #expect(try await registry.logins().first?.ended == .testMoment + 3600)
  }

  @Test("a session whose door is gone from the folder is gone")
  func vanished() async throws {
    let presence = try await registry.enter(user: "joe", from: "console") { _ in }
    let folder = "\(world.appliance.directory)/sessions"
    let door = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first)
    try FileManager.default.removeItem(atPath: "\(folder)/\(door)")
    #expect(try await registry.present().isEmpty)
    #expect(try await registry.logins().first?.ended != nil)
    withExtendedLifetime(presence) {}
  }

  @Test("a kick reaches the session with the name of whoever kicks, and is answered when it left")
  func kick() async throws {
    let heard = Mutex<[String]>([])
    let (kicks, continuation) = AsyncStream<String>.makeStream()
    let presence = try await registry.enter(user: "joe", from: "console") { name in
      heard.withLock { $0.append(name) }
      continuation.yield(name)
    }
    let login = try #require(try await registry.present().first)
    #expect(try await registry.kick(login, by: "admin", patience: .milliseconds(50)) == .ending)
    let leaving = Task {
      var count = 0
      for await _ in kicks {
        count += 1
        if count == 2 { break }
      }
      await presence.leave()
    }
    #expect(try await registry.kick(login, by: "ops", patience: .seconds(60)) == .ended)
    #expect(try await registry.kick(login, by: "ops") == .gone)
    await leaving.value
    #expect(heard.withLock { $0 } == ["admin", "ops"])
  }

  @Test("what is typed ends the idle time")
  func idle() async throws {
    let presence = try await registry.enter(user: "joe", from: "console") { _ in }
    let folder = "\(world.appliance.directory)/sessions"
    let door = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first)
    try FileManager.default.setAttributes(
      [.modificationDate: Date().addingTimeInterval(-600)], ofItemAtPath: "\(folder)/\(door)")
    let before = try #require(try await registry.present().first)
    #expect(before.idleSeconds >= 600)
    presence.touch()
    let after = try #require(try await registry.present().first)
    #expect(after.idleSeconds < 600)
    await presence.leave()
  }
}
