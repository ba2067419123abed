import Addresses
import NIOCore
import NIOPosix
import Resolver
import Synchronization
import TestSupport

/// A mail server that gives the replies that it is told to give, and otherwise takes everything.
final class ScriptedPeer: Sendable {
  /// What it does about a line of its client.
  enum Answer {
    case reply(String)
    /// Replies, and reads nothing more.
    case stall(String)
    /// Ends the connection, after a reply if there is one.
    case hangUp(String?)
  }

  /// The answer to a command, by the number of the connection, from 1; nil for the usual.
  typealias Script = @Sendable (_ connection: Int, _ command: String) -> Answer?

  private let channel: any Channel
  private let state: State

  fileprivate final class State: Sendable {
    let script: Script
    let connections = Counter()
    let commands = Mutex<[String]>([])
    let contents = Mutex<[String]>([])
    let hellos = Mutex<[UInt8]>([])
    let open = Mutex<[any Channel]>([])

    init(_ script: @escaping Script) { self.script = script }
  }

  /// Starts it; `banner` and `content` are asked for like commands.
  static func start(_ map: AddressMap, script: @escaping Script = { _, _ in nil }) async throws
    -> ScriptedPeer
  {
    let endpoint = map.endpoint(of: IPv4Address(bits: 0x0A00_0001), port: 25)
    let state = State(script)
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          state.open.withLock { $0.append(channel) }
          try channel.pipeline.syncOperations.addHandler(ScriptHandler(state))
        }
      }
      .bind(host: endpoint.address.description, port: endpoint.port).get()
    return ScriptedPeer(channel, state)
  }

  private init(_ channel: any Channel, _ state: State) {
    self.channel = channel
    self.state = state
  }

  /// All commands so far, over all connections.
  var commands: [String] { state.commands.withLock { $0 } }
  /// All contents so far, with dot-stuffing and final dot.
  var contents: [String] { state.contents.withLock { $0 } }
  /// What came behind a 220 to STARTTLS.
  var hellos: [UInt8] { state.hellos.withLock { $0 } }
  /// Connections so far.
  var connections: Int { state.open.withLock { $0.count } }

  /// Ends all connections that are open.
  func hangUp() async {
    for channel in state.open.withLock({ $0 }) { try? await channel.close() }
  }

  func stop() async throws {
    try await channel.close()
    await hangUp()
  }
}

private final class ScriptHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer
  private let state: ScriptedPeer.State
  private let number: Int
  private var received = ByteBuffer()
  /// How many received bytes hold no mark.
  private var searched = 0
  private var isInContent = false
  private var isInHandshake = false

  init(_ state: ScriptedPeer.State) {
    self.state = state
    number = state.connections.next()
  }

  func channelActive(context: ChannelHandlerContext) {
    answer("banner", "220 peer.example ESMTP", context)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    if isInHandshake {
      state.hellos.withLock { $0 += bytes.readableBytesView }
      context.close(promise: nil)
      return
    }
    received.writeBuffer(&bytes)
    while let text = take(isInContent ? "\r\n.\r\n" : "\r\n") {
      if isInContent {
        isInContent = false
        state.contents.withLock { $0.append(text + "\r\n.\r\n") }
        answer("content", "250 taken", context)
      } else {
        state.commands.withLock { $0.append(text) }
        answer(text, usual(text), context)
      }
    }
  }

  private func usual(_ command: String) -> String {
    switch command.prefix(4) {
    case "DATA": "354 go"
    case "QUIT": "221 bye"
    default: "250 ok"
    }
  }

  private func answer(_ command: String, _ usual: String, _ context: ChannelHandlerContext) {
    let answer = state.script(number, command) ?? .reply(usual)
    let text: String? =
      switch answer {
      case .reply(let text), .stall(let text): text
      case .hangUp(let text): text
      }
    isInHandshake = command == "STARTTLS" && text?.hasPrefix("220") == true
    if text?.hasPrefix("354") == true { isInContent = true }
    if let text {
      context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text + "\r\n")), promise: nil)
    }
    if case .hangUp = answer { context.close(promise: nil) }
    if case .stall = answer {
      context.channel.setOption(.autoRead, value: false).whenFailure { _ in }
    }
    if command == "QUIT" { context.close(promise: nil) }
  }

  /// What stands before the next mark; nil until it comes.
  private func take(_ mark: String) -> String? {
    let view = received.readableBytesView
    let start = view.index(view.startIndex, offsetBy: searched)
    guard let range = view[start...].firstRange(of: Array(mark.utf8)) else {
      searched = max(0, view.count - mark.utf8.count)
      return nil
    }
    searched = 0
    let text = String(decoding: view[..<range.lowerBound], as: UTF8.self)
    received.moveReaderIndex(to: range.upperBound)
    return text
  }
}
