import Addresses
import Configuration
public import ConfigurationStore
public import Control
public import Resolver

/// The names of an appliance's world, for who asks from a session.
///
/// In the lab network the zone answers, as its file is now; on the real network the name servers of
/// the committed configuration.
public final class ApplianceNames: NameLookup {
  private let appliance: Appliance
  private let engine: any EngineControl
  private let resolver = Unbound()

  /// Makes them.
  ///
  /// - Parameter engine: tells which network is served; without one it is the lab's.
  public init(of appliance: Appliance, engine: any EngineControl) {
    self.appliance = appliance
    self.engine = engine
  }

  /// Whoever answers at present.
  ///
  /// - Throws: an error with a sentence when the zone or the configuration cannot be read.
  public func service() async throws -> any NameService {
    guard let addresses = await engine.ask(.status)?.addresses, addresses.slot == nil else {
      let files = NetworkFiles(folder: appliance.networkFolder).read()
      if let trouble = files.zoneTrouble { throw EngineError(trouble) }
      return files.zone
    }
    resolver.apply(NameServerSettings(try await appliance.store.committed().configuration.dns))
    return resolver
  }

  /// Asks for the records of a name; for an address, PTR asks for its name.
  public func lookUp(_ name: String, _ type: NameRecord.Kind) async throws -> NameAnswer {
    guard let question = try question(name, type), let type = RecordType(rawValue: type.rawValue)
    else { throw EngineError("\"\(name)\" is not a name.") }
    let answer = try await service().answer(question, type)
    return NameAnswer(
      records: answer.records.map { NameRecord(data: $0.data.description, ttl: Int($0.ttl)) },
      nameExists: answer.nameExists, isBogus: answer.security == .bogus)
  }

  /// Forgets what real name servers said.
  public func flush() async { await resolver.flush() }

  private func question(_ name: String, _ type: NameRecord.Kind) throws -> DomainName? {
    guard let address = IPv4Address(name) else { return DomainName(name) }
    guard type == .ptr else { throw EngineError("An address has PTR records only.") }
    return DomainName(reverse: address)
  }
}

extension NameServerSettings {
  /// The servers that a configuration names.
  init(_ settings: DNSSettings) {
    self.init()
    servers = settings.servers.compactMap { NameServer($0) }
    domains = settings.domains.compactMap { entry in
      DomainName(entry.domain).map { domain in
        DomainServers(domain: domain, servers: entry.servers.compactMap { NameServer($0) })
      }
    }
  }
}
