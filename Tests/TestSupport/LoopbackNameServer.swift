import Dispatch
import Glibc
import Synchronization

/// A name server on a loopback port that says the same to every question about an address.
public final class LoopbackNameServer: Sendable {
  /// What it does with a question.
  public enum Manner: Sendable {
    /// It gives one address, a number with the most significant byte first.
    case answers(UInt32)
    /// It refuses to answer.
    case refuses
    /// It never answers.
    case isSilent
  }

  private let port: UInt16
  private let counter = Mutex(0)
  private nonisolated(unsafe) let source: any DispatchSourceRead

  /// How many questions came.
  public var questions: Int { counter.withLock { $0 } }

  /// Opens a port and answers from then on.
  ///
  /// - Throws: an error when no port can be had.
  public init(_ manner: Manner) throws {
    let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isOpen = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { general in
        bind(descriptor, general, size) == 0 && getsockname(descriptor, general, &size) == 0
      }
    }
    guard isOpen else { throw TimedOut(description: "no loopback port") }
    port = UInt16(bigEndian: address.sin_port)
    source = DispatchSource.makeReadSource(
      fileDescriptor: descriptor, queue: DispatchQueue(label: "name server"))
    source.setEventHandler { [weak self] in self?.receive(descriptor, manner) }
    source.setCancelHandler { close(descriptor) }
    source.activate()
  }

  /// Closes the port.
  public func stop() { source.cancel() }

  /// The address as `dnsconfig` takes it.
  public var address: String { "127.0.0.1@\(port)" }

  private func receive(_ descriptor: Int32, _ manner: Manner) {
    var peer = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    var buffer = [UInt8](repeating: 0, count: 4096)
    withUnsafeMutablePointer(to: &peer) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { general in
        let count = recvfrom(descriptor, &buffer, buffer.count, 0, general, &size)
        guard count > 12 else { return }
        counter.withLock { $0 += 1 }
        guard let reply = LoopbackNameServer.reply(to: Array(buffer.prefix(count)), manner) else {
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
      let bytes = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: address >> UInt32($0)) }
      let record: [UInt8] = [0xC0, 12, 0, 1, 0, 1, 0, 0, 1, 0, 0, 4] + bytes
      return number + [0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0] + body + record
    case .refuses: return number + [0x81, 0x85, 0, 1, 0, 0, 0, 0, 0, 0] + body
    case .isSilent: return nil
    }
  }
}
