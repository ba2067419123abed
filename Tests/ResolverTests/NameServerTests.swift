import Addresses
import Resolver
import TestSupport
import Testing

@Suite struct NameServerTests {
  private func name(_ text: String) throws -> DomainName { try #require(DomainName(text)) }
  private func address(_ text: String) throws -> IPv4Address {
    try #require(IPv4Address(text))
  }

  @Test func serversOfADomainComeBeforeTheGeneralOnes() async throws {
    let general = try LoopbackNameServer(.answers(0x0A00_0001))
    defer { general.stop() }
    let own = try LoopbackNameServer(.answers(0x0A00_0002))
    defer { own.stop() }
    var settings = NameServerSettings()
    settings.trustAnchors = []
    settings.servers = [try #require(NameServer(general.address))]
    settings.domains = [
      .init(domain: try name("corp.example"), servers: [try #require(NameServer(own.address))])
    ]
    let resolver = Unbound(settings)
    #expect(try await resolver.answer(name("www.example"), .a).addresses == [address("10.0.0.1")])
    #expect(
      try await resolver.answer(name("www.corp.example"), .a).addresses == [address("10.0.0.2")])
  }

  @Test func aDomainWithServersOfItsOwnIsNotValidated() async throws {
    let server = try LoopbackNameServer(.answers(0x0A00_0002))
    defer { server.stop() }
    var settings = NameServerSettings()
    settings.domains = [
      .init(domain: try name("corp"), servers: [try #require(NameServer(server.address))])
    ]
    let answer = try await Unbound(settings).answer(name("www.corp"), .a)
    #expect(answer.addresses == [try address("10.0.0.2")])
    #expect(answer.security == .insecure)
  }

  @Test func privateNamesAndAddressesAreAskedFor() async throws {
    let server = try LoopbackNameServer(.answers(0x0A00_0001))
    defer { server.stop() }
    var settings = NameServerSettings()
    settings.trustAnchors = []
    settings.servers = [try #require(NameServer(server.address))]
    let resolver = Unbound(settings)
    for text in ["mail.test", "1.0.0.10.in-addr.arpa", "router.home.arpa"] {
      #expect(try await resolver.answer(name(text), .a).addresses.count == 1, "\(text)")
    }
  }

  @Test func answersAreKeptUntilTheyAreFlushed() async throws {
    let server = try LoopbackNameServer(.answers(0x0A00_0001))
    defer { server.stop() }
    var settings = NameServerSettings()
    settings.trustAnchors = []
    settings.servers = [try #require(NameServer(server.address))]
    let resolver = Unbound(settings)
    for _ in 0..<3 { _ = try await resolver.answer(name("www.example"), .a) }
    #expect(server.questions == 1)
    await resolver.flush()
    _ = try await resolver.answer(name("www.example"), .a)
    #expect(server.questions == 2)
  }

  @Test func aServerThatRefusesIsAFailure() async throws {
    let server = try LoopbackNameServer(.refuses)
    defer { server.stop() }
    var settings = NameServerSettings()
    settings.servers = [try #require(NameServer(server.address))]
    await #expect {
      try await Unbound(settings).answer(name("www.example"), .a)
    } throws: { "\($0)".contains("SERVFAIL") }
  }

  @Test func aSilentServerIsAFailureInTime() async throws {
    let server = try LoopbackNameServer(.isSilent)
    defer { server.stop() }
    var settings = NameServerSettings()
    settings.servers = [try #require(NameServer(server.address))]
    await #expect {
      try await Unbound(settings, seconds: 0).answer(name("www.example"), .a)
    } throws: { "\($0)" == "No name server answered in time." }
  }

  @Test func aCancelledQuestionEnds() async throws {
    let server = try LoopbackNameServer(.isSilent)
    defer { server.stop() }
    var settings = NameServerSettings()
    settings.servers = [try #require(NameServer(server.address))]
    let resolver = Unbound(settings)
    let domain = try name("www.example")
    let task = Task { try await resolver.answer(domain, .a) }
    task.cancel()
    #expect(await task.result.failureText == "The lookup was cancelled.")
  }

  @Test(arguments: [
    ("10.0.0.53", true), ("127.0.0.1@5353", true), ("2001:db8::53", true), ("::1@53", true),
    ("10.0.0.53:5353", false), ("10.0.0.53@0", false), ("10.0.0.53@65536", false),
    ("10.0.0.53@", false), ("10.0.0.53@+53", false), ("ns.example", false), ("", false),
    ("10.0.0.53\n", false), ("10.0.0.53 ", false), ("::1%lo", false),
  ])
  func serverIsRead(text: String, isAddress: Bool) {
    #expect(NameServer(text)?.description == (isAddress ? text : nil))
  }
}

extension Result {
  fileprivate var failureText: String? {
    if case .failure(let error) = self { "\(error)" } else { nil }
  }
}
