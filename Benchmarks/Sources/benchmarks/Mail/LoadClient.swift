import Foundation
import TLS

/// A client of the load: one blocking connection, in clear or with TLS.
///
/// It is the same for every server, and does as little as it can: what is measured is the server.
struct LoadClient: ~Copyable {
  private let descriptor: Int32
  private var tls: TLSConnection?
  private var received: [UInt8] = []

  /// The client's side of TLS; no resumption, nothing is verified.
  static let context: TLSContext = {
    do {
      return try TLSContext(
        role: .client, .init(minimum: .tls12, maximum: .tls12, verification: .none))
    } catch {
      fatalError("\(error)")
    }
  }()

  /// Connects; reads the banner.
  init(to address: String, port: Int) throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    self.descriptor = descriptor
    var one: Int32 = 1
    setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, 4)
    var patience = timeval(tv_sec: 30, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var target = sockaddr_in()
    target.sin_family = sa_family_t(AF_INET)
    target.sin_port = in_port_t(port).bigEndian
    inet_pton(AF_INET, address, &target.sin_addr)
    let result = withUnsafePointer(to: &target) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw Failure("cannot connect to \(address):\(port): \(errno)") }
    try expect(220)
  }

  deinit { close(descriptor) }

  /// Sends a command and reads the answer.
  mutating func command(_ line: String, _ code: Int) throws {
    try send(Array("\(line)\r\n".utf8))
    try expect(code)
  }

  /// STARTTLS and the handshake.
  mutating func startTLS() throws {
    try command("STARTTLS", 220)
    let connection = try TLSConnection(context: Self.context)
    while true {
      let state = connection.handshake()
      flush(connection)
      switch state {
      case .complete:
        tls = connection
        return
      case .failed(let failure): throw Failure("handshake: \(failure)")
      case .incomplete: connection.receive(try read())
      }
    }
  }

  /// A message of some length, up to the line that ends it.
  static func message(bytes: Int) -> [UInt8] {
    let line = String(repeating: "x", count: 70) + "\r\n"
    return Array(
      ("Subject: load\r\n\r\n" + String(repeating: line, count: bytes / 72) + ".\r\n").utf8)
  }

  /// One message with the envelope's commands around it.
  mutating func message(_ body: [UInt8], to recipient: String = "box@sink.example") throws {
    try command("MAIL FROM:<load@sender.example>", 250)
    try command("RCPT TO:<\(recipient)>", 250)
    try command("DATA", 354)
    try send(body)
    try expect(250)
  }

  mutating func send(_ bytes: [UInt8]) throws {
    guard let tls else { return try write(bytes) }
    try tls.write(bytes)
    flush(tls)
  }

  private func flush(_ tls: TLSConnection) {
    guard tls.outputCount > 0 else { return }
    tls.takeOutput { bytes in
      var sent = 0
      while sent < bytes.count {
        let count = Foundation.send(
          descriptor, bytes.baseAddress?.advanced(by: sent), bytes.count - sent,
          Int32(MSG_NOSIGNAL))
        guard count > 0 else { return }
        sent += count
      }
    }
  }

  private func write(_ bytes: [UInt8]) throws {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes {
        Foundation.send(
          descriptor, $0.baseAddress?.advanced(by: sent), bytes.count - sent,
          Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { throw Failure("the server hung up: \(errno)") }
      sent += count
    }
  }

  private func read() throws -> [UInt8] {
    let bytes = [UInt8](unsafeUninitializedCapacity: 16_384) { buffer, count in
      count = max(0, recv(descriptor, buffer.baseAddress, buffer.count, 0))
    }
    guard !bytes.isEmpty else { throw Failure("the server hung up or is silent: \(errno)") }
    return bytes
  }

  /// Reads a reply, all its lines.
  private mutating func expect(_ code: Int) throws {
    while true {
      if let end = received.lastIndex(of: UInt8(ascii: "\n")), end == received.count - 1 {
        let lines = received.split(separator: UInt8(ascii: "\n"))
        if let last = lines.last, last.count > 3, last[last.startIndex + 3] != UInt8(ascii: "-") {
          let text = String(decoding: last, as: UTF8.self)
          received = []
          guard text.hasPrefix("\(code)") else { throw Failure("expected \(code), got \(text)") }
          return
        }
      }
      let bytes = try read()
      guard let tls else {
        received += bytes
        continue
      }
      tls.receive(bytes)
      while case .data(let plain) = tls.read() { received += plain }
    }
  }
}
