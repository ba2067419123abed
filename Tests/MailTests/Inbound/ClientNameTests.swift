@testable import Mail
import Resolver
import Synchronization
import TestSupport
import Testing

/// Names that take their time.
private final class SlowNames: NameService {
  private let zone: Zone
  private let waiting = Mutex<[CheckedContinuation<Void, Never>]>([])
  private let isOpen = Mutex(false)

  init(_ zone: String) throws { self.zone = try Zone(masterFile: zone) }

  var questions: Int { waiting.withLock { $0.count } }

  func answer(_ name: DomainName, _ type: RecordType) async throws(LookupFailure) -> DNSAnswer {
    if !isOpen.withLock({ $0 }) {
      await withCheckedContinuation { continuation in waiting.withLock { $0.append(continuation) } }
    }
    return zone.lookUp(name, type)
  }

  func open() {
    isOpen.withLock { $0 = true }
    for continuation in waiting.withLock({ $0 }) { continuation.resume() }
  }
}

@Suite struct ClientNameTests {
  private static let zone =
    "9.0.0.10.in-addr.arpa. PTR mx.partner.example.\nmx.partner.example. A 10.0.0.9"

  @Test func theBannerWaitsForTheName() async throws {
    let names = try SlowNames(Self.zone)
    try await withListener(ListenerWorld(names: names)) { world in
      // What it has said already is heard after the banner.
      async let replies = world.talk("NOOP\r\nQUIT\r\n")
      try await eventually("the question") { names.questions == 1 }
      #expect(try await world.lines().isEmpty)
      names.open()
      let heard = try await replies
      #expect(heard == ["220 mail.example.com ESMTP", "250 ok", "221 mail.example.com"])
      #expect(
        try await world.lines().first?.hasSuffix(
          "reverse dns host mx.partner.example verified yes") == true)
    }
  }

  @Test func whoCannotBeNamedInTimeIsUnknown() async throws {
    let names = try SlowNames(Self.zone)
    var limits = ConnectionLimits()
    limits.lookupTime = .milliseconds(50)
    try await withListener(ListenerWorld(names: names, limits: limits)) { world in
      #expect(try await world.talk("QUIT\r\n").first == "220 mail.example.com ESMTP")
      #expect(
        try await world.lines().first?.hasSuffix("reverse dns host unknown verified no") == true)
      names.open()
      try await world.waitForCloses()
    }
  }
}
