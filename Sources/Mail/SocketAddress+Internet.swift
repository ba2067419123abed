import NIOCore
import Resolver

extension SocketAddress {
  /// The IPv4 address, or nil for another family.
  var internetAddress: InternetAddress? { ipAddress.flatMap { InternetAddress($0) } }
}
