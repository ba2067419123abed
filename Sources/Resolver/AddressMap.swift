public import Addresses

/// Where an address and port of the appliance's world are reached on this machine, and back.
public enum AddressMap: Sendable {
  /// As they stand.
  case real
  /// On the loopback network of one slot.
  case lab(LabNetwork)

  /// The address and port to bind or dial.
  public func endpoint(of address: IPv4Address, port: Int) -> Endpoint {
    switch self {
    case .real: Endpoint(address: address, port: port)
    case .lab(let network): network.endpoint(of: address, port: port)
    }
  }

  /// The address that a peer has in the appliance's world.
  ///
  /// - Parameter real: the address from which it connected.
  public func address(ofPeer real: IPv4Address) -> IPv4Address {
    switch self {
    case .real: real
    case .lab(let network): network.address(ofPeer: real)
    }
  }
}

/// An address and a TCP port.
public struct Endpoint: Hashable, Sendable, CustomStringConvertible {
  /// The address.
  public let address: IPv4Address
  /// The port, 1 to 65535.
  public let port: Int

  /// Makes an endpoint.
  public init(address: IPv4Address, port: Int) {
    self.address = address
    self.port = port
  }

  /// Such as `127.168.1.1:10025`.
  public var description: String { "\(address):\(port)" }
}
