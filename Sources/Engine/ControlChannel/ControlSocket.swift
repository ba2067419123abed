import Control
import Foundation
import NIOCore
import NIOPosix
import Transport

/// The Unix socket on which an engine takes requests, for its owner alone.
final class ControlSocket: Sendable {
  /// Where it is.
  let path: String
  /// A folder made for it, because the appliance's own path is too long for a socket.
  private let folder: String?
  private let channel: any Channel
  private let connections: OpenChannels

  /// The longest path of a socket, in bytes; sun_path holds 108 with its end.
  private static let longestPath = 107

  /// Opens the socket.
  ///
  /// - Parameters:
  ///   - directory: the appliance's; the caller holds its engine's lock.
  ///   - handle: answers a request.
  static func open(
    in directory: String, group: any EventLoopGroup,
    handle: @escaping @Sendable (EngineRequest) async -> EngineReply
  ) async throws -> ControlSocket {
    var path = "\(directory)/engine.sock"
    var folder: String?
    if path.utf8.count > longestPath {
      let made = try makeFolder()
      folder = made
      path = "\(made)/engine.sock"
    }
    // Whatever is there belongs to an engine that died: we hold the lock.
    unlink(path)
    let connections = OpenChannels()
    let channel = try await ServerBootstrap(group: group)
      .childChannelInitializer { channel in
        connections.insert(channel)
        return channel.eventLoop.makeCompletedFuture {
          // Who reads no answers is not read either.
          try channel.pipeline.syncOperations.addHandlers(
            BackPressureHandler(), ControlHandler(handle: handle))
        }
      }
      .bind(unixDomainSocketPath: path)
      .get()
    chmod(path, 0o600)
    return ControlSocket(path: path, folder: folder, channel: channel, connections: connections)
  }

  private init(
    path: String, folder: String?, channel: any Channel, connections: OpenChannels
  ) {
    self.path = path
    self.folder = folder
    self.channel = channel
    self.connections = connections
  }

  /// Closes and removes the socket when all requests that came are answered.
  func close() async {
    try? await channel.close()
    await connections.end()
    unlink(path)
    if let folder { rmdir(folder) }
  }

  private static func makeFolder() throws -> String {
    let parent = FileManager.default.temporaryDirectory.path
    var template = Array("\(parent)/esash-XXXXXX".utf8CString)
    guard template.count + "/engine.sock".utf8.count - 1 <= longestPath,
      mkdtemp(&template) != nil
    else { throw EngineError("No control socket can be made in \(parent).") }
    return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

/// One connection to the control socket: requests line by line, each answered by a line.
private final class ControlHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let handle: @Sendable (EngineRequest) async -> EngineReply
  private var requests = ControlRequests()
  private var isBusy = false
  /// A request that takes long and can be given up.
  private var longTask: Task<Void, Never>?
  private var isEnding = false
  /// Whether nobody is there any more for whom the rest would be done.
  private var isGone = false
  /// Cuts a client that takes no answers.
  private var cut: Scheduled<Void>?

  /// How long a client may take to read its last answers when the engine ends.
  private static let patience = TimeAmount.seconds(2)

  init(handle: @escaping @Sendable (EngineRequest) async -> EngineReply) { self.handle = handle }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if requests.receive(unwrapInboundIn(data).readableBytesView) {
      next(context)
    } else {
      context.close(promise: nil)
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard event is OpenChannels.Quiesce else {
      context.fireUserInboundEventTriggered(event)
      return
    }
    isEnding = true
    longTask?.cancel()
    next(context)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    isGone = true
    longTask?.cancel()
    // It would keep all of the engine until its time comes.
    cut?.cancel()
    context.fireChannelInactive()
  }

  /// Answers the lines that wait, each when the one before is answered.
  private func next(_ context: ChannelHandlerContext) {
    guard !isBusy, !isGone else { return }
    if isEnding {
      // Behind the last answer.
      context.writeAndFlush(wrapOutboundOut(ByteBuffer())).assumeIsolated()
        .whenComplete { _ in context.close(promise: nil) }
      // Who does not read its answers is not waited for.
      cut =
        cut
        ?? context.eventLoop.assumeIsolated().scheduleTask(in: Self.patience) {
          context.close(promise: nil)
        }
      return
    }
    while !isBusy, let reading = requests.next() {
      switch reading {
      case .unreadable: send(.refused("The request cannot be read."), context)
      case .request(let request): perform(request, context)
      }
    }
  }

  private func perform(_ request: EngineRequest, _ context: ChannelHandlerContext) {
    isBusy = true
    let reply = context.eventLoop.makePromise(of: EngineReply.self)
    let handle = handle
    let task = reply.completeWithTask { await handle(request) }
    longTask = request.takesLong ? task : nil
    reply.futureResult.assumeIsolated().whenSuccess { reply in
      self.isBusy = false
      self.send(reply, context)
      self.next(context)
    }
  }

  private func send(_ reply: EngineReply, _ context: ChannelHandlerContext) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    guard let line = try? encoder.encode(reply) else { return }
    var bytes = context.channel.allocator.buffer(capacity: line.count + 1)
    bytes.writeBytes(line)
    bytes.writeInteger(UInt8(ascii: "\n"))
    context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
  }
}
