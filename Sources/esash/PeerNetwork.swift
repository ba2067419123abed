import Addresses
import Configuration
import ConfigurationStore
import Control
import Engine
import Foundation
import Mail
import Peers
import Resolver

/// The lab around an appliance, as peers and senders see it.
struct PeerNetwork {
  /// A server of the lab.
  struct Host {
    let name: String
    let address: IPv4Address
    let port: Int
  }

  /// Authority, mailboxes, and where addresses really are.
  let lab: PeerLab
  private let configuration: Configuration
  private let zone: Zone
  private let map: AddressMap

  /// Looks at an appliance and its network's files.
  ///
  /// - Parameter addresses: where it is served; nil when nobody serves it: then the slot that it
  ///   had last counts, or the one that it will try first.
  /// - Throws: `CouldNotRun` when something cannot be read.
  init(of appliance: Appliance, servedAt addresses: EngineAddresses?) async throws {
    do {
      configuration = try await appliance.store.committed().configuration
      zone = try Zone(masterFile: Self.text("\(appliance.networkFolder)/zone"))
      let reputation = try ReputationTable(Self.text("\(appliance.networkFolder)/sbrs"))
      if let slot = appliance.slot(servedAt: addresses) {
        map =
          MailNetwork(
            slot: slot, configuration: configuration, zone: zone, reputation: reputation
          ).map
      } else {
        map = .real
      }
    } catch {
      throw CouldNotRun("\(error)")
    }
    let clock = appliance.environment.calendar
    lab = PeerLab(folder: appliance.networkFolder, map: map) { clock.now }
  }

  private static func text(_ path: String) -> String {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// Finds a host by its name in the zone or by its address, with a port behind a colon if it is
  /// not the usual one.
  ///
  /// - Throws: `CouldNotRun` for one that the zone does not know.
  func host(_ text: String, usualPort: Int = 25) throws -> Host {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let port = parts.count == 2 ? Int(parts[1]) : usualPort
    guard parts.count <= 2, let place = parts.first, let port, 1...65535 ~= port else {
      throw CouldNotRun("\"\(text)\" is not a host or address with a port.")
    }
    if let address = IPv4Address(place) {
      return Host(name: name(of: address) ?? "\(address)", address: address, port: port)
    }
    guard let name = DomainName(place), let address = zone.addresses(of: name).first else {
      throw CouldNotRun("The lab's zone knows no address of \(place).")
    }
    return Host(name: "\(name)", address: address, port: port)
  }

  /// The hosts of the zone, and where they really are.
  var hosts: [(name: String, address: IPv4Address)] {
    zone.hosts.map { ("\($0.name)", map.endpoint(of: $0.address, port: 25).address) }
  }

  /// The address and port of a listener.
  ///
  /// - Throws: `CouldNotRun` when there is none of that name, or it has no address.
  func listener(_ name: String) throws -> (address: IPv4Address, port: Int) {
    guard let listener = configuration.listeners[name],
      let address = configuration.interfaces[listener.interface]?.address
    else { throw CouldNotRun("There is no listener \"\(name)\" with an address.") }
    return (address, listener.port)
  }

  /// The address and port of an interface's page.
  ///
  /// - Throws: `CouldNotRun` when there is none, or it is not served over HTTPS.
  func page(of name: String) throws -> (address: IPv4Address, port: Int) {
    guard let interface = configuration.interfaces[name], let address = interface.address,
      let port = interface.https
    else { throw CouldNotRun("There is no interface \"\(name)\" with HTTPS.") }
    return (address, port)
  }

  /// The name of an address, if the zone knows one.
  func name(of address: IPv4Address) -> String? {
    zone.hostName(of: address).map { "\($0.name)" }
  }

  /// The best mail exchanger of a recipient's domain; the domain itself when it has none, and what
  /// stands there when it is no address.
  func exchanger(for recipient: String) -> String {
    guard let name = DomainName(mailDomain(of: recipient)) else { return recipient }
    let exchangers = zone.lookUp(name, .mx).records.compactMap { record in
      if case .mx(let preference, let exchanger) = record.data {
        (preference, exchanger)
      } else {
        nil
      }
    }
    return exchangers.min { $0.0 < $1.0 }.map { "\($0.1)" } ?? "\(name)"
  }

  /// An address that nothing names; nil on the real network.
  var stranger: IPv4Address? {
    if case .lab(let network) = map { network.stranger } else { nil }
  }
}
