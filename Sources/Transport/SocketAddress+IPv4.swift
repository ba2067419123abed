public import Addresses
public import NIOCore

extension SocketAddress {
  /// The IPv4 address, or nil for another family.
  public var ipv4Address: Addresses.IPv4Address? {
    ipAddress.flatMap { Addresses.IPv4Address($0) }
  }
}
