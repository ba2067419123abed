import Foundation
import Resolver
import TestSupport

/// A client that says all that it has to say at once.
enum ScriptClient {
  /// Connects, sends, ends its direction, and reads to the end.
  static func exchange(_ bytes: [UInt8], with endpoint: Endpoint, from source: String) throws
    -> String
  {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    defer { close(descriptor) }
    var limit = timeval(tv_sec: 10, tv_usec: 0)
    let size = socklen_t(MemoryLayout<timeval>.size)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
    guard withSocketAddress(source, 0, { bind(descriptor, $0, $1) }) == 0,
      withSocketAddress("\(endpoint.address)", endpoint.port, { connect(descriptor, $0, $1) }) == 0
    else { throw TestFailure("no connection to \(endpoint): \(errno)") }
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      // A server that has heard enough need not read the rest.
      guard count > 0 else { break }
      sent += count
    }
    shutdown(descriptor, Int32(SHUT_WR))
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      if count < 0, errno != ECONNRESET { throw TestFailure("no answer: \(errno)") }
      guard count > 0 else { return String(decoding: answer, as: UTF8.self) }
      answer += buffer[..<count]
    }
  }
}

/// What a test did not expect.
struct TestFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
