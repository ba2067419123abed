import Addresses
import Configuration
public import ConfigurationStore
public import Control
import Foundation
import Mail
import NIOPosix
import PKI
import Resolver
import ServiceTLS
import Synchronization
import TLS
import Transport

/// Asks the web security service, for a session, as the committed configuration says.
public final class WebServiceProbe: WebServiceProbing {
  private let network: ApplianceNetwork
  private let counts = Mutex(WebServiceCounters())
  private let clock = ContinuousClock()

  /// Makes it.
  ///
  /// - Parameters:
  ///   - engine: tells which network is served; without one it is the lab's.
  ///   - names: the names of the appliance's world.
  public init(of appliance: Appliance, engine: any EngineControl, names: ApplianceNames) {
    network = ApplianceNetwork(appliance: appliance, engine: engine, names: names)
  }

  /// What became of all requests so far.
  public var counters: WebServiceCounters { counts.withLock { $0 } }

  /// Sends one request; it has the time that `websecurityadvancedconfig` gives it.
  public func probe(_ tell: @escaping @Sendable (WebServiceEvent) async -> Void) async throws {
    let configuration = try await network.configuration()
    let seconds = configuration.urlFiltering.lookupTimeout
    guard configuration.urlFiltering.isEnabled else {
      throw ProbeFailure("URL Filtering is disabled")
    }
    counts.withLock { $0.requests += 1 }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await self.ask(configuration, tell) }
      group.addTask {
        try await Task.sleep(for: .seconds(seconds))
        throw ProbeFailure("there was no answer within \(seconds) s")
      }
      defer { group.cancelAll() }
      try await group.next()
    }
  }

  private func ask(
    _ configuration: Configuration, _ tell: @escaping @Sendable (WebServiceEvent) async -> Void
  ) async throws {
    let beginning = clock.now
    let addresses = try await addresses(of: configuration.urlFiltering.service)
    counts.withLock { $0.lookupTimes.add(clock.now - beginning) }
    let client = try await Self.client(
      configuration, network.appliance.release, network.current(configuration).map,
      at: network.appliance.environment.calendar.now)
    let start = clock.now
    try await client.ask(at: addresses, tell)
    counts.withLock { counts in
      counts.answers += 1
      counts.responseTimes.add(clock.now - start)
    }
  }

  private func addresses(of host: String) async throws -> [IPv4Address] {
    guard let name = DomainName(host) else { throw ProbeFailure("\(host) is not a name") }
    let answer: DNSAnswer
    do {
      answer = try await network.names.service().answer(name, .a)
    } catch let failure as LookupFailure {
      throw ProbeFailure("\(host) cannot be looked up (\(failure))")
    }
    guard answer.security != .bogus, !answer.addresses.isEmpty else {
      throw ProbeFailure("\(host) has no IPv4 address")
    }
    return answer.addresses
  }

  /// Builds what a request needs, TLS among it, which takes milliseconds.
  @concurrent
  private static func client(
    _ configuration: Configuration, _ release: Release, _ map: AddressMap, at now: Date
  ) async throws -> WebServiceClient {
    let settings = configuration.urlFiltering
    let profile = settings.certificate.flatMap { configuration.certificates[$0] }
    let context = try TLSContext(
      role: .client,
      TLSContext.Settings(
        identity: profile.map { try TLSIdentity($0) }, minimum: .tls12,
        maximum: release.tlsVersions.max()?.protocolVersion ?? .tls12,
        verification: settings.verifiesService ? .required : .none,
        anchors: settings.verifiesService ? try TrustAnchors.appliance(configuration) : nil))
    return WebServiceClient(
      host: settings.service, verifies: settings.verifiesService,
      shown: profile.map { ShownCertificate($0, named: settings.certificate ?? "") },
      start: TLSHandler.Start(context: context, serverName: settings.service, time: now),
      dialer: Dialer(group: MultiThreadedEventLoopGroup.singleton, map: map),
      source: { configuration.sourceAddress(towards: $0, from: nil) })
  }
}

extension ShownCertificate {
  fileprivate init(_ profile: CertificateProfile, named name: String) {
    self.init(
      profile: name, subject: profile.certificate.subject.oneLine(),
      sha256: profile.certificate.sha256)
  }
}
