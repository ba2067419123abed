public import Addresses
public import Configuration

extension Configuration {
  /// The appliance's address that connections to a destination leave from.
  ///
  /// - Parameter interface: the interface's name; nil for Auto: one on the destination's subnet,
  ///   else the one on the default gateway's (G11).
  /// - Returns: nil when there is no such interface, or none with an IPv4 address.
  public func sourceAddress(towards destination: IPv4Address, from interface: String?)
    -> IPv4Address?
  {
    if let interface { return interfaces[interface]?.address }
    var automatic = self
    automatic.delivery.interface = nil
    return DeliveryInterfaces(automatic).source(towards: destination)?.address
  }
}
