import NIOCore
import NIOPosix
import Synchronization

/// A web server that answers each path with bytes that were made ready for it, and anything else
/// with 404; then it closes the connection.
final class CannedWebServer: Sendable {
  private let answers: Mutex<[String: String]>
  private let asked = Mutex<[String]>([])
  private let channel = Mutex<(any Channel)?>(nil)

  /// Listens at an address of this machine.
  init(at address: String, port: Int, _ answers: [String: String] = [:]) async throws {
    self.answers = Mutex(answers)
    let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { [self] child in
        child.eventLoop.makeCompletedFuture {
          try child.pipeline.syncOperations.addHandler(Answering(self))
        }
      }
      .bind(host: address, port: port).get()
    channel.withLock { $0 = server }
  }

  /// The answer to a path, with its head.
  subscript(path: String) -> String {
    get { answers.withLock { $0[path] } ?? "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n" }
    set { answers.withLock { $0[path] = newValue } }
  }

  /// The heads of all requests so far.
  var requests: [String] { asked.withLock { $0 } }

  /// A page.
  static func page(_ body: String) -> String {
    "HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
  }

  /// A redirection.
  static func redirection(to location: String) -> String {
    "HTTP/1.1 302 Found\r\nLocation: \(location)\r\nContent-Length: 0\r\n\r\n"
  }

  /// Stops listening.
  func stop() async { try? await channel.withLock { $0 }?.close() }

  private final class Answering: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let server: CannedWebServer
    private var head = ""

    init(_ server: CannedWebServer) { self.server = server }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      head += String(buffer: unwrapInboundIn(data))
      guard head.hasSuffix("\r\n\r\n") else { return }
      server.asked.withLock { $0.append(head) }
      let path = head.split(separator: " ").dropFirst().first ?? ""
      context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: server[String(path)])))
        .assumeIsolated().whenComplete { _ in context.close(promise: nil) }
    }
  }
}
