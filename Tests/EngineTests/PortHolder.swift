import Control
import Foundation

/// Somebody else who listens on a port.
final class PortHolder {
  private var descriptor: Int32

  init(host: String, port: Int) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    inet_pton(AF_INET, host, &address.sin_addr)
    let descriptor = descriptor
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0, listen(descriptor, 1) == 0 else { throw Surprise("port \(port): \(errno)") }
  }

  func release() {
    close(descriptor)
    descriptor = -1
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}
