import Configuration
import ConfigurationStore
import Control
import Engine
import Foundation
import PKI
import Synchronization
import TestSupport
import Testing

/// What the web security service sees of the appliance, with `openssl s_server` in its place.
@Suite struct WebServiceProbeTests {
  /// What came of a request.
  private struct Outcome {
    /// Everything that was told, in order.
    var events: [WebServiceEvent] = []
    /// Why it failed; nil when it did not.
    var failure: String?
    var counters = WebServiceCounters()
    /// What the server said of its client.
    var server = ""
  }

  private static let good = "-cert good.pem -key good.key -chainCAfile sub.pem"
  /// A server that demands a certificate of the root's tree, by the calendar of the tests.
  private static let demanding =
    good + " -Verify 2 -verify_return_error -CAfile root.pem -attime 1795543212"

  /// Asks a service that `openssl` plays.
  ///
  /// - Parameters:
  ///   - reply: what the server answers to a request.
  ///   - change: made to URL filtering that trusts the root and shows a good certificate.
  private func outcome(
    _ server: String?, replies reply: String = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    release: Release = .release14,
    _ change: (inout URLFilteringSettings) -> Void = { _ in }
  ) async throws -> Outcome {
    let issued = try await IssuedCertificates.shared
    var outcome = Outcome()
    try await withWorld(release: release, zone: Self.zone) { configuration in
      configuration.authorities[issued.root.sha256] = CertificateAuthority(certificate: issued.root)
      configuration.authorityLists.isCustomEnabled = true
      configuration.certificates["good"] = try profile(issued, .clientOnly)
      configuration.certificates["bad"] = try profile(issued, .serverOnly)
      configuration.urlFiltering.isEnabled = true
      configuration.urlFiltering.service = IssuedCertificates.name
      configuration.urlFiltering.certificate = "good"
      change(&configuration.urlFiltering)
    } _: { world in
      let place = await world.source("0.1") + ":10443"
      let server = try server.map { try OpenSSLServer(in: issued.folder, at: place, $0) }
      defer { server?.stop() }
      let probe = probe(world)
      let events = Mutex<[WebServiceEvent]>([])
      let isOver = Mutex(false)
      async let failure: String? = {
        defer { isOver.withLock { $0 = true } }
        do {
          try await probe.probe { event in events.withLock { $0.append(event) } }
          return nil
        } catch {
          return "\(error)"
        }
      }()
      try await eventually("there is a request, or none will come") {
        isOver.withLock { $0 } || server?.text.contains("GET / HTTP/1.1") == true
      }
      try server?.send(reply)
      outcome.failure = await failure
      outcome.events = events.withLock { $0 }
      outcome.counters = probe.counters
      if outcome.failure == nil, outcome.events.contains(where: \.showsCertificate) {
        try await eventually("the server tells of its client") {
          server?.text.contains("-----END CERTIFICATE-----") == true
        }
      }
      outcome.server = server?.text ?? ""
    }
    return outcome
  }

  private static let zone = """
    mx1.partner.example. IN A 10.0.0.1
    other.example. IN A 10.0.0.1

    """

  private func probe(_ world: TestWorld) -> WebServiceProbe {
    let engine = EngineClient(directory: world.appliance.directory)
    return WebServiceProbe(
      of: world.appliance, engine: engine,
      names: ApplianceNames(of: world.appliance, engine: engine))
  }

  private func profile(_ issued: IssuedCertificates, _ verdict: IssuedCertificates.Verdict) throws
    -> CertificateProfile
  {
    let (certificate, key) = (issued[verdict].certificate, issued[verdict].key)
    return CertificateProfile(
      certificate: certificate, key: Secret(bytes: key.pkcs8DER),
      intermediates: [issued.intermediate],
      request: try CertificateRequest(subject: certificate.subject, key: key))
  }

  @Test(
    "The very certificate arrives, and the whole is told in order",
    arguments: [(Release.release14, "TLSv1.2"), (.release16, "TLSv1.3")])
  func accepted(_ release: Release, _ version: String) async throws {
    let outcome = try await outcome(Self.demanding, release: release)
    let certificate = try await IssuedCertificates.shared[.clientOnly].certificate
    #expect(outcome.failure == nil, "\(outcome.server)")
    #expect(try Certificate(pem: outcome.server.pem).sha256 == certificate.sha256)
    guard outcome.events.count == 6, case .encrypted(version, let cipher) = outcome.events[2] else {
      Issue.record("\(outcome.events)")
      return
    }
    #expect(
      outcome.events == [
        .connecting(host: IssuedCertificates.name, address: "10.0.0.1", port: 443),
        .connected(source: "192.168.1.1"),
        .encrypted(protocolName: version, cipher: cipher),
        .serverCertificate(isVerified: true),
        .clientCertificate(
          isWanted: true,
          shown: ShownCertificate(
            profile: "good", subject: certificate.subject.oneLine(), sha256: certificate.sha256)),
        .answered("200 OK"),
      ])
    #expect(outcome.counters.requests == 1)
    #expect(outcome.counters.answers == 1)
    #expect(outcome.counters.responseTimes.maximum == outcome.counters.responseTimes.average)
  }

  @Test func aServiceThatDoesNotAskIsShownNothing() async throws {
    let outcome = try await outcome(Self.good)
    #expect(outcome.failure == nil)
    #expect(!outcome.server.contains("BEGIN CERTIFICATE"), "\(outcome.server)")
    let shown = outcome.events.filter(\.showsCertificate)
    #expect(shown.isEmpty)
  }

  @Test(
    "A service that wants another certificate, or any, refuses",
    arguments: [Release.release14, .release16])
  func refused(_ release: Release) async throws {
    let bad = try await outcome(Self.demanding, release: release) { $0.certificate = "bad" }
    #expect(
      bad.failure
        == "it refuses the client certificate \"bad\" (sslv3 alert unsupported certificate)")
    let none = try await outcome(Self.demanding, release: release) { $0.certificate = nil }
    let reason =
      release == .release16
      ? "tlsv13 alert certificate required" : "sslv3 alert handshake failure"
    #expect(none.failure == "it demands a client certificate, and none is set (\(reason))")
    #expect(none.counters.requests == 1)
    #expect(none.counters.answers == 0)
    #expect(none.counters.responseTimes.minimum == nil)
    #expect(none.counters.lookupTimes.minimum != nil)
  }

  @Test(
    "The service must be trusted and bear its name, where that is wanted",
    arguments: [
      (
        "-cert expired.pem -key expired.key -chainCAfile sub.pem", IssuedCertificates.name,
        "its certificate is not trusted (certificate has expired)"
      ),
      (
        "-cert good.pem -key good.key", IssuedCertificates.name,
        "its certificate is not trusted (unable to get local issuer certificate)"
      ),
      (good, "other.example", "its certificate is for mx1.partner.example"),
    ])
  func serverCertificate(_ server: String, _ name: String, _ failure: String) async throws {
    let strict = try await outcome(server) { $0.service = name }
    #expect(strict.failure == failure)
    #expect(!strict.events.contains(.serverCertificate(isVerified: true)))
    let lax = try await outcome(server) {
      $0.service = name
      $0.verifiesService = false
    }
    #expect(lax.failure == nil)
    #expect(lax.events.contains(.serverCertificate(isVerified: false)))
  }

  @Test(
    "An answer that is none counts as none, and its words are not shown",
    arguments: [
      (
        "HTTP/1.1 503 Ha ha\r\nContent-Length: 0\r\n\r\n", "503 Service Unavailable",
        "that is no good answer"
      ),
      ("HTTP/1.1 599 Ha ha\r\nContent-Length: 0\r\n\r\n", "599", "that is no good answer"),
      ("220 mail.example.com ESMTP\r\n", nil, "it does not speak HTTP"),
    ])
  func badAnswer(_ reply: String, _ shown: String?, _ failure: String) async throws {
    let outcome = try await outcome(Self.good, replies: reply)
    #expect(outcome.failure == failure)
    #expect(outcome.events.count == (shown == nil ? 5 : 6))
    if let shown { #expect(outcome.events.last == .answered(shown)) }
    #expect(outcome.counters.requests == 1)
    #expect(outcome.counters.answers == 0)
  }

  @Test func whoCannotBeReachedIsTold() async throws {
    #expect(try await outcome(nil).failure == "connection refused")
    let unknown = try await outcome(nil) { $0.service = "nobody.example" }
    #expect(unknown.failure == "nobody.example has no IPv4 address")
    #expect(unknown.events.isEmpty)
  }

  @Test func aLookUpHasItsTime() async throws {
    // The server accepts and says nothing.
    let outcome = try await outcome(Self.good, replies: "") { $0.lookupTimeout = 1 }
    #expect(outcome.failure == "there was no answer within 1 s")
  }

  @Test func whatIsSwitchedOffAsksNobody() async throws {
    let outcome = try await outcome(nil) { $0.isEnabled = false }
    #expect(outcome.failure == "URL Filtering is disabled")
    #expect(outcome.counters.requests == 0)
  }

  @Test func timesHaveExtremesAndAMean() {
    var times = WebServiceCounters.Times()
    #expect(times.minimum == nil && times.average == .zero && times.maximum == nil)
    for milliseconds in [4, 1, 7] { times.add(.milliseconds(milliseconds)) }
    #expect(times.minimum == .milliseconds(1))
    #expect(times.average == .milliseconds(4))
    #expect(times.maximum == .milliseconds(7))
  }
}

extension WebServiceEvent {
  fileprivate var showsCertificate: Bool {
    if case .clientCertificate(isWanted: true, .some) = self { true } else { false }
  }
}

extension String {
  /// The first certificate in it.
  fileprivate var pem: String {
    let (begin, end) = ("-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----")
    guard let start = range(of: begin), let stop = range(of: end) else { return "" }
    return String(self[start.lowerBound..<stop.upperBound]) + "\n"
  }
}
