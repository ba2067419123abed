public import Control
import Dispatch
import Foundation
import Synchronization

/// Asks the engine of an appliance, in whatever process it runs.
public struct EngineClient: EngineControl {
  /// The appliance's directory.
  public let directory: String

  /// How long an answer may take, for requests that want no more.
  private let patience: Duration

  /// Makes a client; it connects anew for each request.
  public init(directory: String, patience: Duration = .seconds(2)) {
    self.directory = directory
    self.patience = patience
  }

  /// Sends a request and waits for the answer.
  ///
  /// - Parameters:
  ///   - request: what is asked.
  ///   - limit: how long the whole may take; nil for the client's or the request's patience,
  ///     whichever is longer.
  /// - Returns: the answer, or nil when no engine runs.
  /// - Throws: `EngineError` when an engine runs and does not answer in time.
  public func send(_ request: EngineRequest, within limit: Duration? = nil) async throws
    -> EngineReply?
  {
    let limit = limit ?? max(patience, .seconds(request.patience))
    guard let path = EngineFile(in: directory)?.socket else { return nil }
    let line = try JSONEncoder().encode(request) + [UInt8(ascii: "\n")]
    let deadline = ContinuousClock.now + limit
    // Blocking calls belong on a thread of their own, not on the cooperative pool.
    let queue = DispatchQueue(label: "engine.client")
    let connection = Connection()
    let answer: Result<Data?, EngineError> = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        queue.async {
          continuation.resume(
            returning: Result { () throws(EngineError) in
              try Self.exchange(line, at: path, until: deadline, on: connection)
            })
        }
      }
    } onCancel: {
      connection.hangUp()
    }
    guard let data = try answer.get() else { return nil }
    guard let reply = try? JSONDecoder().decode(EngineReply.self, from: data) else {
      throw EngineError("The engine's answer cannot be read.")
    }
    return reply
  }

  /// Asks, with the patience that the request wants.
  public func ask(_ request: EngineRequest) async -> EngineReply? {
    do {
      return try await send(request)
    } catch {
      return .refused("\(error)")
    }
  }

  private static func exchange(
    _ line: Data, at path: String, until deadline: ContinuousClock.Instant,
    on connection: Connection
  ) throws(EngineError) -> Data? {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw EngineError("No socket can be made.") }
    defer {
      connection.descriptor.withLock { $0 = nil }
      close(descriptor)
    }
    connection.descriptor.withLock { $0 = descriptor }
    // A socket whose queue is full makes the caller wait.
    var limit = timeval(tv_sec: 2, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    guard connect(descriptor, to: path) else { return nil }
    guard send(line, to: descriptor) else { throw silent }
    var answer = Data()
    var buffer = [UInt8](repeating: 0, count: 16_384)
    while true {
      let left = (deadline - .now).components
      let milliseconds = left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000
      var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let ready = Foundation.poll(&poll, 1, Int32(clamping: max(0, milliseconds)))
      if ready < 0, errno == EINTR { continue }
      guard ready > 0 else { throw silent }
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { throw EngineError("The engine ended before it answered.") }
      answer += buffer[..<count]
      if buffer[count - 1] == UInt8(ascii: "\n") { return answer }
    }
  }

  /// A connection that another thread may end; nobody waits on it then.
  private final class Connection: Sendable {
    let descriptor = Mutex<Int32?>(nil)

    func hangUp() {
      descriptor.withLock { descriptor in
        if let descriptor { shutdown(descriptor, Int32(SHUT_RDWR)) }
      }
    }
  }

  private static let silent = EngineError("The engine does not answer.")

  private static func connect(_ descriptor: Int32, to path: String) -> Bool {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    let capacity = MemoryLayout.size(ofValue: address.sun_path)
    guard bytes.count < capacity else { return false }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Foundation.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
      }
    }
  }

  /// A request is far smaller than a socket's buffer, so this does not wait.
  private static func send(_ data: Data, to descriptor: Int32) -> Bool {
    data.withUnsafeBytes { bytes in
      Foundation.send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
        == bytes.count
    }
  }
}
