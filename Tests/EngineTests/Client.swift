import Dispatch
import Control
import Engine
import Foundation
import PKI
import TLS
import TestSupport

/// A client that does as it is told: bytes to and from a socket, in clear or under TLS.
///
/// Its calls block, so they run on threads of their own; each is bounded.
final class Client: @unchecked Sendable {
  // One test uses it, one call after another.
  private let descriptor: Int32
  private let queue = DispatchQueue(label: "client")
  private var tls: TLSConnection?
  private var received: [UInt8] = []
  /// Whether the other side has ended the connection, and whether it did so rudely.
  private(set) var isEnded = false
  private(set) var wasReset = false

  /// How long it may wait until something comes or goes, in seconds: a check for hangs.
  static let patience = 60

  /// - Parameter window: how many bytes the system keeps for this client; nil for its usual.
  init(_ service: EngineAddresses.Service, from source: String, window: Int? = nil) async throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    self.descriptor = descriptor
    try await run {
      var limit = timeval(tv_sec: Self.patience, tv_usec: 0)
      let size = socklen_t(MemoryLayout<timeval>.size)
      setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
      setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
      if let window {
        var size = Int32(window)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
      }
      let isBound = withSocketAddress(source, 0) { bind(descriptor, $0, $1) }
      let isConnected = withSocketAddress(service.host, service.port) {
        Foundation.connect(descriptor, $0, $1)
      }
      guard isBound == 0, isConnected == 0 else {
        throw Surprise("no connection to \(service): \(errno)")
      }
    }
  }

  deinit { close(descriptor) }

  private func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws
    -> Value
  {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Result(catching: body)) }
    }
  }

  // MARK: What tests do

  /// Sends a text.
  func send(_ text: String) async throws { try await run { try self.put(Array(text.utf8)) } }

  /// Sends a command and returns the whole reply to it.
  func command(_ line: String) async throws -> String {
    try await send(line + "\r\n")
    return try await reply()
  }

  /// The next reply, with all its lines.
  func reply() async throws -> String {
    try await run {
      var reply = ""
      while true {
        let line = try self.line()
        reply += line
        if line.count < 4 || Array(line.utf8)[3] != UInt8(ascii: "-") { return reply }
      }
    }
  }

  /// All that comes until the other side ends the connection.
  func rest() async throws -> String {
    try await run {
      while !self.isEnded { try self.fetch() }
      defer { self.received = [] }
      return String(decoding: self.received, as: UTF8.self)
    }
  }

  /// Sends STARTTLS and shakes hands.
  func startTLS(_ context: TLSContext) async throws {
    let reply = try await command("STARTTLS")
    guard reply == "220 Go ahead with TLS\r\n" else { throw Surprise(reply) }
    try await shakeHands(context)
  }

  /// Shakes hands at once.
  ///
  /// - Throws: `TLSFailure` when it fails.
  func shakeHands(_ context: TLSContext) async throws {
    try await run {
      let connection = try TLSConnection(context: context, verificationTime: .testMoment)
      while true {
        let state = connection.handshake()
        connection.takeOutput { bytes in _ = self.write(bytes) }
        switch state {
        case .complete:
          self.tls = connection
          return
        case .failed(let failure): throw failure
        case .incomplete:
          guard let bytes = try self.receive() else { throw connection.endOfFile() }
          connection.receive(bytes)
        }
      }
    }
  }

  /// The certificates that the other side sent.
  var peerChain: [Certificate] {
    get async throws { try await run { self.tls?.peerCertificates.all ?? [] } }
  }

  /// Ends the connection with a reset.
  func reset() async throws {
    try await run {
      var option = linger(l_onoff: 1, l_linger: 0)
      setsockopt(
        self.descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
      // The descriptor itself is closed later; a new socket takes the place of this one.
      let other = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      dup2(other, self.descriptor)
      close(other)
    }
  }

  /// Says that nothing more will be sent.
  func finish() async throws {
    try await run {
      self.tls?.shutdown()
      self.tls?.takeOutput { bytes in _ = self.write(bytes) }
      _ = shutdown(self.descriptor, Int32(SHUT_WR))
    }
  }

  /// Sends a text over and over without reading, until the other side ends the connection or it was
  /// enough.
  ///
  /// - Returns: how many bytes were taken.
  func flood(_ text: String, atMost limit: Int) async throws -> Int {
    try await run {
      let text = Array(repeating: Array(text.utf8), count: 65_536 / text.utf8.count).flatMap(
        \.self)
      var bytes: ArraySlice<UInt8> = []
      var sent = 0
      while sent < limit {
        if bytes.isEmpty { bytes = try self.encrypted(text)[...] }
        var poll = pollfd(fd: self.descriptor, events: Int16(POLLOUT), revents: 0)
        let isReady = Foundation.poll(&poll, 1, Int32(Self.patience * 1000)) == 1
        guard isReady, poll.revents & Int16(POLLHUP | POLLERR) == 0 else { break }
        let count = bytes.withUnsafeBytes {
          Foundation.send(
            self.descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
        }
        guard count > 0 else { break }
        bytes = bytes.dropFirst(count)
        sent += count
      }
      return sent
    }
  }

  /// Sends a text over and over, twenty times a second, until the other side ends the connection.
  func drip(_ text: String) async throws {
    try await run {
      let deadline = ContinuousClock.now + .seconds(Self.patience)
      while !self.isEnded {
        guard ContinuousClock.now < deadline else { throw Surprise("the connection lasts") }
        var poll = pollfd(fd: self.descriptor, events: Int16(POLLIN), revents: 0)
        if Foundation.poll(&poll, 1, 50) == 1 {
          try self.fetch()
        } else {
          try self.put(Array(text.utf8))
        }
      }
    }
  }

  // MARK: How

  private func put(_ bytes: [UInt8]) throws {
    guard let tls else {
      guard bytes.withUnsafeBytes(write) else {
        throw Surprise("cannot send: \(errno)")
      }
      return
    }
    try tls.write(bytes)
    tls.takeOutput { bytes in _ = self.write(bytes) }
  }

  /// Bytes as they go over the network.
  private func encrypted(_ bytes: [UInt8]) throws -> [UInt8] {
    guard let tls else { return bytes }
    try tls.write(bytes)
    return tls.takeOutput { Array($0) }
  }

  private func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = UnsafeRawBufferPointer(rebasing: rest).withMemoryRebound(to: UInt8.self) {
        Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  private func line() throws -> String {
    while true {
      if let end = received.firstIndex(of: UInt8(ascii: "\n")) {
        defer { received.removeSubrange(...end) }
        return String(decoding: received[...end], as: UTF8.self)
      }
      guard !isEnded else { throw Surprise("the connection ended") }
      try fetch()
    }
  }

  /// Receives more, decrypted if need be.
  private func fetch() throws {
    guard let bytes = try receive() else {
      isEnded = true
      return
    }
    guard let tls else {
      received += bytes
      return
    }
    tls.receive(bytes)
    while true {
      switch tls.read() {
      case .data(let data): received += data
      case .incomplete: return
      case .closed:
        isEnded = true
        return
      case .failed(let failure): throw failure
      }
    }
  }

  /// Bytes from the socket, or nil at its end.
  private func receive() throws -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    if count < 0, errno == ECONNRESET { wasReset = true }
    if count < 0, errno == EAGAIN { throw Surprise("nothing came in \(Self.patience) seconds") }
    return count > 0 ? Array(buffer[..<count]) : nil
  }
}

extension TLSContext {
  /// A client that takes any certificate.
  static func client(
    _ minimum: ProtocolVersion = .tls10, _ maximum: ProtocolVersion = .tls13,
    ciphers: String? = nil, identity: TLSIdentity? = nil
  ) throws -> TLSContext {
    try TLSContext(
      role: .client,
      .init(identity: identity, minimum: minimum, maximum: maximum, ciphers: ciphers))
  }
}
