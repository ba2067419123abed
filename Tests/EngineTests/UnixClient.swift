import Control
import Dispatch
import Foundation

/// Unix sockets, by hand.
enum UnixClient {
  /// Sends a text and returns so many lines of the answer.
  static func exchange(_ text: String, at path: String, lines: Int) async throws -> [String] {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue(label: "outside").async {
        continuation.resume(with: Result { try exchangeNow(text, path, lines) })
      }
    }
  }

  private static func exchangeNow(_ text: String, _ path: String, _ lines: Int) throws
    -> [String]
  {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var limit = timeval(tv_sec: Client.patience, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    guard withAddress(path, { connect(descriptor, $0, $1) }) == 0 else {
      throw Surprise("no connection to \(path): \(errno)")
    }
    let bytes = Array(text.utf8)
    guard send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
      throw Surprise("cannot send: \(errno)")
    }
    var answer = ""
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while answer.count(where: { $0 == "\n" }) < lines {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { throw Surprise("the connection ended after \(answer)") }
      answer += String(decoding: buffer[..<count], as: UTF8.self)
    }
    return answer.split(separator: "\n").map(String.init)
  }

  /// A connection, which its caller closes.
  static func connected(to path: String) throws -> Int32 {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    guard withAddress(path, { connect(descriptor, $0, $1) }) == 0 else {
      close(descriptor)
      throw Surprise("no connection to \(path): \(errno)")
    }
    return descriptor
  }

  /// A socket that takes connections and never answers.
  static func listen(at path: String) throws -> Int32 {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    guard withAddress(path, { bind(descriptor, $0, $1) }) == 0,
      Foundation.listen(descriptor, 4) == 0
    else { throw Surprise("cannot listen at \(path): \(errno)") }
    return descriptor
  }

  private static func withAddress(
    _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }
}
