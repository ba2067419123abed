import Configuration
import ConfigurationStore
import Testing
import TestSupport

@Suite("Sessions")
struct SessionTests {
  let world: TestAppliance

  init() async throws { world = try await TestAppliance() }

  @Test("an edit and its undoing leave nothing pending")
  func editAndUndo() async throws {
    let session = try await world.session()
    #expect(!session.hasPendingChanges)
    try await session.edit { $0.system.hostName = "a.example.com" }
    #expect(session.hasPendingChanges)
    #expect(session.pendingChanges.map(\.key.description) == ["system"])
    try await session.edit { $0.system.hostName = "mail.example.com" }
    #expect(!session.hasPendingChanges)
    #expect(session.pendingChanges.isEmpty)
    #expect(try await session.commit().isNothing)
    #expect(try await world.store.history().count == 1)
  }

  @Test("a command sees what earlier ones left pending; others see it after the commit")
  func drafts() async throws {
    let session = try await world.session()
    let other = try await world.session()
    try await session.edit { $0.system.hostName = "a.example.com" }
    #expect(try await session.draft().system.hostName == "a.example.com")
    #expect(try await other.draft().system.hostName == "mail.example.com")
    #expect(session.hostName == "mail.example.com")
    #expect(try await session.commit().record?.number == 2)
    #expect(session.hostName == "a.example.com")
    #expect(!session.hasPendingChanges)
    #expect(try await other.draft().system.hostName == "a.example.com")
  }

  @Test("the base stays from the first edit until commit or clear, whatever others commit")
  func baseIsKept() async throws {
    let session = try await world.session()
    let other = try await world.session()
    try await session.edit { $0.system.hostName = "a.example.com" }
    try await other.edit { $0.delivery.maxConnections = 7 }
    #expect(try await other.commit().record?.number == 2)
    // Still seen from version 1.
    #expect(session.lastCommitted.version == 1)
    #expect(try await session.draft().delivery.maxConnections == 10000)
    #expect(session.pendingChanges.map(\.key.kind) == [.system])
    session.clear()
    #expect(!session.hasPendingChanges)
    #expect(try await session.draft().delivery.maxConnections == 7)
    #expect(session.lastCommitted.version == 2)
  }

  @Test("two sessions that changed different objects both have their way")
  func merge() async throws {
    let session = try await world.session("one")
    let other = try await world.session("two")
    try await session.edit { $0.system.hostName = "a.example.com" }
    try await other.edit { $0.delivery.maxConnections = 7 }
    #expect(try await other.commit().record?.user == "two")
    #expect(try await session.commit().record?.number == 3)
    let committed = try await world.store.committed().configuration
    #expect(committed.system.hostName == "a.example.com")
    #expect(committed.delivery.maxConnections == 7)
    #expect(session.lastCommitted.version == 3)
    #expect(try await session.draft() == committed)
    // The history shows of each commit what it changed itself.
    let before = try await world.store.configuration(at: 2)
    #expect(committed.changes(since: before).map(\.key.kind) == [.system])
  }

  @Test("a conflict names the objects and keeps the changes pending until they are given up")
  func conflict() async throws {
    let session = try await world.session()
    let other = try await world.session()
    try await session.edit {
      $0.system.hostName = "a.example.com"
      $0.delivery.maxConnections = 8
      $0.routes["mine.example"] = Route(hosts: [.init(host: "m.example")])
    }
    try await other.edit {
      $0.system.hostName = "b.example.com"
      $0.delivery.maxConnections = 7
    }
    _ = try await other.commit()
    for _ in 0..<2 {
      #expect(
        try await session.commit().conflict == [
          ObjectKey(kind: .system), ObjectKey(kind: .delivery),
        ])
      #expect(session.hasPendingChanges)
    }
    #expect(try await world.store.history().count == 2)
    session.clear()
    #expect(try await session.draft().system.hostName == "b.example.com")
    #expect(try await session.draft().routes["mine.example"] == nil)
    try await session.edit { $0.system.hostName = "a.example.com" }
    #expect(try await session.commit().record?.number == 3)
  }

  @Test("both sessions made the same change: the second has nothing to commit")
  func agreement() async throws {
    let session = try await world.session()
    let other = try await world.session()
    try await session.edit { $0.system.hostName = "a.example.com" }
    try await other.edit { $0.system.hostName = "a.example.com" }
    #expect(try await other.commit().record != nil)
    #expect(try await session.commit().isNothing)
    #expect(!session.hasPendingChanges)
    #expect(session.lastCommitted.version == 2)
    #expect(try await world.store.history().count == 2)
  }

  @Test("rules are checked after the merge: one deletes a certificate, the other assigns it")
  func rulesAfterMerge() async throws {
    let profile = try await CertificatePool.shared.profile("partner")
    try await world.store.change { $0.certificates["partner"] = profile }
    let deleting = try await world.session()
    let assigning = try await world.session()
    try await deleting.edit { $0.certificates["partner"] = nil }
    try await assigning.edit { $0.listeners["IncomingMail"]?.certificate = "partner" }
    #expect(try await deleting.commit().record?.number == 3)
    await #expect(
      throws: ConfigurationError(
        "Listener IncomingMail uses the certificate \"partner\", which does not exist.")
    ) { try await assigning.commit() }
    #expect(assigning.hasPendingChanges)
    #expect(try await world.store.history().count == 3)
    // The way out: assign another one.
    try await assigning.edit { $0.listeners["IncomingMail"]?.certificate = "Demo" }
    #expect(!assigning.hasPendingChanges)
  }

  @Test("and the other way round")
  func rulesAfterMergeReversed() async throws {
    let profile = try await CertificatePool.shared.profile("partner")
    try await world.store.change { $0.certificates["partner"] = profile }
    let deleting = try await world.session()
    let assigning = try await world.session()
    try await deleting.edit { $0.certificates["partner"] = nil }
    try await assigning.edit { $0.outbound.certificate = "partner" }
    #expect(try await assigning.commit().record?.number == 3)
    await #expect(
      throws: ConfigurationError(
        "Outbound (delivery) uses the certificate \"partner\", which does not exist.")
    ) { try await deleting.commit() }
    #expect(try await world.store.committed().configuration.certificates["partner"] == profile)
  }
}
