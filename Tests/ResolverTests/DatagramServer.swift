import Dispatch
import Glibc
import Resolver
import Synchronization
import Testing

/// A name server on a loopback port that says the same to every question about an address.
final class DatagramServer: Sendable {
  /// What it does with a question.
  enum Manner {
    case answers(InternetAddress)
    case refuses
    case isSilent
  }

  private let port: UInt16
  private let counter = Mutex(0)
  private nonisolated(unsafe) let source: any DispatchSourceRead

  /// How many questions came.
  var questions: Int { counter.withLock { $0 } }

  init(_ manner: Manner) throws {
    let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
    try #require(descriptor >= 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    try withUnsafeMutablePointer(to: &address) { pointer in
      try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { general in
        try #require(bind(descriptor, general, size) == 0)
        try #require(getsockname(descriptor, general, &size) == 0)
      }
    }
    port = UInt16(bigEndian: address.sin_port)
    source = DispatchSource.makeReadSource(
      fileDescriptor: descriptor, queue: DispatchQueue(label: "name server"))
    source.setEventHandler { [weak self] in self?.receive(descriptor, manner) }
    source.setCancelHandler { close(descriptor) }
    source.activate()
  }

  func stop() { source.cancel() }

  func asNameServer() throws -> NameServer { try #require(NameServer("127.0.0.1@\(port)")) }

  private func receive(_ descriptor: Int32, _ manner: Manner) {
    var peer = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    var buffer = [UInt8](repeating: 0, count: 4096)
    withUnsafeMutablePointer(to: &peer) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { general in
        let count = recvfrom(descriptor, &buffer, buffer.count, 0, general, &size)
        guard count > 12 else { return }
        counter.withLock { $0 += 1 }
        guard let reply = DatagramServer.reply(to: Array(buffer.prefix(count)), manner) else {
          return
        }
        sendto(descriptor, reply, reply.count, 0, general, size)
      }
    }
  }

  /// The question again, with one A record that points back to its name (RFC 1035 §4.1).
  private static func reply(to question: [UInt8], _ manner: Manner) -> [UInt8]? {
    var end = 12
    while end < question.count, question[end] != 0 { end += Int(question[end]) + 1 }
    let number = Array(question[0..<2])
    let body = Array(question[12..<min(end + 5, question.count)])
    switch manner {
    case .answers(let address):
      let bytes = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: address.bits >> UInt32($0)) }
      let record: [UInt8] = [0xC0, 12, 0, 1, 0, 1, 0, 0, 1, 0, 0, 4] + bytes
      return number + [0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0] + body + record
    case .refuses: return number + [0x81, 0x85, 0, 1, 0, 0, 0, 0, 0, 0] + body
    case .isSilent: return nil
    }
  }
}
