public import NIOCore
public import Resolver

extension SocketAddress {
  /// The IPv4 address, or nil for another family.
  public var internetAddress: InternetAddress? { ipAddress.flatMap { InternetAddress($0) } }
}
