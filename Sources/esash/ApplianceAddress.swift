import ArgumentParser
import ConfigurationStore
import Control
import Engine
import Peers
import Resolver

extension ApplianceCommand {
  /// `esash appliance address`.
  struct Address: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "address",
      abstract: "Print where the services of an appliance, and hosts around it, are reached.",
      discussion: """
        Each line has a service's kind, its name, and its address and port. Then come the hosts of \
        the lab's zone and, for clients that come as strangers, an address to bind.
        """)

    @Argument(help: "The directory.") var directory: String
    @Argument(
      help: """
        Only this one, and only its address and port: a service, a host of the zone or an address.
        """)
    var name: String?
    @Argument(help: "In place of the service's own port; of a host it is 25 by default.")
    var port: Int?

    func validate() throws {
      if let port, !(1...65535).contains(port) {
        throw ValidationError("A port is a number from 1 to 65535.")
      }
    }

    func run() async throws {
      guard Appliance.exists(directory) else {
        throw CouldNotRun("\(directory) holds no appliance.")
      }
      let client = EngineClient(directory: directory)
      let addresses = try? await client.send(.status)?.addresses
      if let name { return print(try await endpoint(of: name, servedAt: addresses)) }
      guard let addresses else { throw notServed }
      for service in addresses.services {
        print("\(service.kind.rawValue)\t\(service.name)\t\(service.host):\(service.port)")
      }
      for host in try await network(addresses).hosts {
        print("host\t\(host.name)\t\(host.address)")
      }
      if let stranger = addresses.stranger { print("stranger\t\t\(stranger)") }
    }

    private var notServed: CouldNotRun {
      CouldNotRun("Nobody serves \(directory); start `esash serve` or a shell.")
    }

    private func network(_ addresses: EngineAddresses?) async throws -> PeerNetwork {
      let appliance = try await orCouldNotRun { try await Appliance(at: directory) }
      return try await PeerNetwork(of: appliance, servedAt: addresses)
    }

    private func endpoint(of name: String, servedAt addresses: EngineAddresses?) async throws
      -> Endpoint
    {
      let network = try await network(addresses)
      let service = addresses?.services.first { $0.name == name }
      // A loopback address stands for itself.
      let place = service.map { "\($0.host)\(port == nil ? ":\($0.port)" : "")" } ?? name
      do {
        let host = try network.host(port.map { "\(place):\($0)" } ?? place)
        return network.lab.map.endpoint(of: host.address, port: host.port)
      } catch {
        throw addresses == nil ? notServed : CouldNotRun("There is no service or host \"\(name)\".")
      }
    }
  }
}
