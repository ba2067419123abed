public import Configuration
public import Resolver

extension Configuration {
  /// The appliance's address that connections to a destination leave from.
  ///
  /// - Parameter interface: the interface's name; nil for Auto: one on the destination's subnet,
  ///   else the one on the default gateway's (G11).
  /// - Returns: nil when there is no such interface, or none with an IPv4 address.
  public func sourceAddress(towards destination: InternetAddress, from interface: String?)
    -> InternetAddress?
  {
    if let interface {
      return interfaces[interface]?.address.map { InternetAddress(bits: $0.bits) }
    }
    var automatic = self
    automatic.delivery.interface = nil
    return DeliveryInterfaces(automatic).source(towards: destination)?.address
  }
}
