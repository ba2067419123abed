import Control
import Foundation
import TestSupport

/// Somebody else who listens on a port.
final class PortHolder {
  private var descriptor: Int32

  init(host: String, port: Int) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    let descriptor = descriptor
    let result = withSocketAddress(host, port) { bind(descriptor, $0, $1) }
    guard result == 0, listen(descriptor, 1) == 0 else { throw Surprise("port \(port): \(errno)") }
  }

  func release() {
    close(descriptor)
    descriptor = -1
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}
