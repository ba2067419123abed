import Addresses
import Control
import Glibc
import LDAP
import NIOCore
import Synchronization
import TLS
import Transport

/// A connection to a directory server, for one task at a time.
struct DirectoryClient: DirectoryConnection {
  let address: String
  let source: String
  private let service: DirectoryService
  private let host: String
  private let channel: any Channel
  private let handler: NIOLoopBound<DirectoryHandler>

  /// Connects; nothing has been said yet.
  ///
  /// - Parameters:
  ///   - address: the server, in the appliance's world.
  ///   - source: the appliance's address from which to connect.
  ///   - host: how the server is named, which is what its certificate must say.
  ///   - service: opens connections and begins TLS.
  ///   - connections: where it is kept while it is open.
  /// - Throws: the system's word.
  init(
    to address: IPv4Address, port: Int, from source: IPv4Address, host: String,
    service: DirectoryService, among connections: OpenChannels
  ) async throws(Dialer.Failure) {
    self.address = "\(address)"
    self.source = "\(source)"
    self.service = service
    self.host = host
    // The server may have closed the connection before anybody could look for the handler in it.
    let made = Mutex<NIOLoopBound<DirectoryHandler>?>(nil)
    channel = try await service.dialer.connect(
      to: address, port: port, from: source, within: .seconds(30)
    ) { channel in
      connections.insert(channel)
      let handler = DirectoryHandler(eventLoop: channel.eventLoop, limit: .seconds(60))
      made.withLock { $0 = NIOLoopBound(handler, eventLoop: channel.eventLoop) }
      try channel.pipeline.syncOperations.addHandler(handler)
    }
    guard let handler = made.withLock({ $0 }) else { throw .system(ECONNABORTED) }
    self.handler = handler
  }

  func startTLS(_ way: DirectoryTLSStart) async throws -> DirectoryTLS {
    let start = try await service.start(to: host)
    let reply = try await exchange { handler, promise in
      switch way {
      case .atOnce: handler.shakeHands(start, promise)
      case .onRequest: handler.startTLS(start, promise)
      }
    }
    switch reply {
    case .encrypted(let details): return try service.facts(details, of: host)
    case .answer(let answer):
      throw DirectoryFailure.tls("the server answered StartTLS with \(answer.result)")
    }
  }

  func bind(as name: String, password: [UInt8]) async throws {
    let result = try await ask(.bind(name: name, password: password)).result
    guard result.code == .success else { throw DirectoryFailure.bind("\(result)") }
  }

  func count(
    _ query: String, _ tokens: [String: String], under base: String
  ) async throws -> Int {
    let filter: SearchFilter
    do throws(InvalidFilter) {
      filter = try SearchFilter(query).replacing(tokens)
    } catch {
      throw DirectoryFailure.query("it is no filter: \(error)")
    }
    let answer = try await ask(
      .search(LDAPSearch(base: base, filter: filter, sizeLimit: 100, timeLimit: 30)))
    // More entries than may be returned are an answer too.
    guard [.success, .sizeLimitExceeded].contains(answer.result.code) else {
      throw DirectoryFailure.query("\(answer.result)")
    }
    return answer.entries.count
  }

  func close() async {
    try? await channel.eventLoop.submit { handler.value.leave() }.get()
    try? await channel.closeFuture.get()
  }

  private func ask(_ request: LDAPRequest) async throws -> LDAPClientSession.Answer {
    guard case .answer(let answer) = try await exchange({ $0.ask(request, $1) }) else {
      throw DirectoryFailure(.endOfFile)
    }
    return answer
  }

  private func exchange(
    _ begin:
      @escaping @Sendable (DirectoryHandler, EventLoopPromise<DirectoryHandler.Reply>) -> Void
  ) async throws -> DirectoryHandler.Reply {
    let reply = channel.eventLoop.flatSubmit { [channel, handler] in
      let promise = channel.eventLoop.makePromise(of: DirectoryHandler.Reply.self)
      begin(handler.value, promise)
      return promise.futureResult
    }
    return try await withTaskCancellationHandler {
      do {
        return try await reply.get()
      } catch let loss as DirectoryLoss {
        throw DirectoryFailure(loss)
      }
    } onCancel: {
      channel.close(promise: nil)
    }
  }
}
