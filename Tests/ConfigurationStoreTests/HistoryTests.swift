import Configuration
import ConfigurationStore
import Foundation
import Testing
import TestSupport

@Suite("Commits and their history")
struct HistoryTests {
  let world: TestAppliance
  var store: ConfigurationStore { world.store }

  init() async throws { world = try await TestAppliance() }

  @Test("a fresh appliance has the factory's configuration as version 1")
  func versionOne() async throws {
    let history = try await store.history()
    #expect(
      history == [
        VersionRecord(
          number: 1, date: .testMoment, user: "system", comment: "Factory default",
          isKeptForRollback: true)
      ])
    let committed = try await store.committed()
    #expect(committed.version == 1)
    let demo = try #require(committed.configuration.certificates["Demo"])
    #expect(committed.configuration == .factory(release: .release14, demo: demo))
    try committed.configuration.verify()
  }

  @Test("a commit stands in the history with its user, comment and date")
  func record() async throws {
    world.appliance.environment.calendar.offset = 90.5
    let outcome = try await store.change("new name", user: "jo", isKeptForRollback: false) {
      $0.system.hostName = "a.example.com"
    }
    let record = VersionRecord(
      number: 2, date: .testMoment + 90.5, user: "jo", comment: "new name",
      isKeptForRollback: false)
    #expect(outcome.record == record)
    #expect(try await store.history().first == record)
    #expect(try await world.openedAgain().store.history().first == record)
    #expect(try await store.committed().configuration.system.hostName == "a.example.com")
  }

  @Test("comments and names with quotes, accents and line ends are kept")
  func oddTexts() async throws {
    let text = Fabricator.text("x") + "'); DROP TABLE version; --\n\u{9B}"
    try await store.change(text, user: text) {
      $0.authorities["é'\"%_😀"] = $0.certificates[CertificateProfile.demoName].map {
        CertificateAuthority(certificate: $0.certificate)
      }
      $0.users[User.adminName]?.fullName = text
    }
    let again = try await world.openedAgain().store
    #expect(try await again.history().first?.comment == text)
    #expect(try await again.history().first?.user == text)
    let configuration = try await again.committed().configuration
    #expect(
      configuration.authorities["é'\"%_😀"]?.certificate
        == configuration.certificates[CertificateProfile.demoName]?.certificate)
    #expect(configuration.users[User.adminName]?.fullName == text)
  }

  @Test("nothing changed is nothing to commit, and makes no version")
  func nothing() async throws {
    #expect(try await store.change { _ in }.isNothing)
    #expect(try await store.change { $0.system.hostName = "mail.example.com" }.isNothing)
    #expect(try await store.history().count == 1)
  }

  @Test("a draft that breaks a rule is refused, and nothing of it is written")
  func brokenRule() async throws {
    await #expect(
      throws: ConfigurationError(
        "Outbound (delivery) uses the certificate \"gone\", which does not exist.")
    ) {
      try await store.change {
        $0.system.hostName = "a.example.com"
        $0.outbound.certificate = "gone"
      }
    }
    #expect(try await store.history().count == 1)
    let again = try await world.openedAgain().store
    #expect(try await again.committed().configuration.system.hostName == "mail.example.com")
  }

  @Test("every version can be had again, whatever was changed and deleted", arguments: 1...5)
  func everyVersion(_ seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    var expected = [try await store.committed().configuration]
    for _ in 0..<40 {
      var draft = expected[expected.count - 1]
      for _ in 0..<Int.random(in: 1...3, using: &generator) { draft.edit(using: &generator) }
      let outcome = try await store.change { $0 = draft }
      #expect(outcome.isNothing == (draft == expected.last))
      if !outcome.isNothing { expected.append(draft) }
    }
    #expect(expected.count > 20)
    let again = try await world.openedAgain().store
    for (index, configuration) in expected.enumerated() {
      #expect(try await store.configuration(at: index + 1) == configuration)
      #expect(try await again.configuration(at: index + 1) == configuration)
    }
    #expect(try await again.committed().configuration == expected.last)
    #expect(try await again.history().map(\.number) == Array((1...expected.count).reversed()))
  }

  @Test("rolling back is committing an old version again; the history keeps both")
  func rollback() async throws {
    let first = try await store.committed().configuration
    try await store.change("two", isKeptForRollback: false) {
      $0.routes["a.example"] = Route(hosts: [.init(host: "a.example")])
      $0.system.hostName = "a.example.com"
    }
    try await store.change("three") { $0.routes["example.com"] = nil }
    let old = try await store.configuration(at: 1)
    #expect(old == first)
    try await store.change("back") { $0 = old }
    #expect(try await store.committed().configuration == first)
    #expect(try await store.configuration(at: 4) == first)
    #expect(try await store.configuration(at: 3).routes.names == ["a.example"])
    let history = try await store.history()
    #expect(history.map(\.comment) == ["back", "three", "two", "Factory default"])
    #expect(history.map(\.isKeptForRollback) == [true, true, false, true])
  }

  @Test("a thousand commits later the history is whole, and an old version is there")
  func thousandCommits() async throws {
    for number in 2...1001 {
      let outcome = try await store.change("commit \(number)") {
        $0.system.hostName = "n\(number).example.com"
      }
      #expect(outcome.record?.number == number)
    }
    let history = try await store.history()
    #expect(history.count == 1000)
    #expect(history.map(\.number) == Array((2...1001).reversed()))
    #expect(history.allSatisfy { $0.comment == "commit \($0.number)" })
    #expect(try await store.history(limit: 3).map(\.number) == [1001, 1000, 999])
    #expect(try await store.configuration(at: 500).system.hostName == "n500.example.com")
    let again = try await world.openedAgain().store
    #expect(try await again.committed().configuration.system.hostName == "n1001.example.com")
  }

  @Test("ten thousand destinations are committed and read (the times are printed)")
  func tenThousandDestinations() async throws {
    let clock = ContinuousClock()
    var outcome: CommitOutcome?
    let import_ = try await clock.measure {
      outcome = try await store.change {
        for number in 0..<10_000 {
          var destination = Destination()
          destination.maxConnections = number + 1
          $0.destinations["d\(number).example"] = destination
        }
      }
    }
    #expect(outcome?.record?.number == 2)
    let one = try await clock.measure {
      try await store.change { $0.destinations["d5000.example"]?.tls = .required }
    }
    var again: Configuration?
    let reading = try await clock.measure {
      again = try await world.openedAgain().store.committed().configuration
    }
    #expect(again?.destinations.count == 10_000)
    #expect(again?.destinations["d5000.example"]?.tls == .required)
    #expect(again?.destinations["d9999.example"]?.maxConnections == 10_000)
    print("10,000 destinations: import \(import_), then one change \(one), opening \(reading)")
  }
}

extension Configuration {
  /// One random change that keeps the rules.
  mutating func edit(using generator: inout SeededGenerator) {
    let name = "\(Int.random(in: 0..<4, using: &generator)).example"
    let value = Int.random(in: 1...3, using: &generator)
    let isDeleted = Int.random(in: 0..<3, using: &generator) == 0
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: routes[name] = isDeleted ? nil : Route(hosts: [.init(host: "h.example", port: value)])
    case 1:
      var destination = Destination()
      destination.maxConnections = value
      destinations[name] = isDeleted ? nil : destination
    case 2: listeners["IncomingMail"]?.maxConnections = value
    default: delivery.maxConnections = value
    }
  }
}
