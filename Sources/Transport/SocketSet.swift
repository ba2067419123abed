import Addresses
import Glibc
public import NIOCore
import NIOPosix
public import Resolver

/// Listening sockets that follow what is wanted: new ones are opened, those not wanted any more are
/// closed, the others go on without a gap.
///
/// A socket whose port is held by somebody is tried for a second, and then again each second.
public actor SocketSet {
  /// What a socket is wanted for.
  public struct Service: Sendable {
    /// The service in a sentence: `The listener "IncomingMail"`.
    public var name: String
    /// Length of the TCP accept queue.
    public var backlog: Int

    /// Makes a service.
    public init(name: String, backlog: Int) {
      self.name = name
      self.backlog = backlog
    }
  }

  private let group: any EventLoopGroup
  private let patience: Duration
  private let accept: @Sendable (Endpoint, any Channel) -> EventLoopFuture<Void>
  private var wanted: [Endpoint: Service] = [:]
  private var channels: [Endpoint: any Channel] = [:]
  private var failures: [Endpoint: String] = [:]
  private var retrying: Task<Void, Never>?

  /// Makes an empty set.
  ///
  /// - Parameters:
  ///   - group: the loops on which connections live.
  ///   - patience: how long a new socket is tried at once whose port is held; by default less than
  ///     the time for which `commit` waits.
  ///   - accept: makes a connection's pipeline, on the connection's loop; a failure closes it.
  public init(
    group: any EventLoopGroup, patience: Duration = .seconds(1),
    accept: @escaping @Sendable (Endpoint, any Channel) -> EventLoopFuture<Void>
  ) {
    self.group = group
    self.patience = patience
    self.accept = accept
  }

  /// A sentence for each wanted socket that is not open.
  public var troubles: [String] { failures.sorted { $0.key.port < $1.key.port }.map(\.value) }

  /// Opens and closes what is needed, and returns when that is done.
  public func update(to wanted: [Endpoint: Service]) async {
    self.wanted = wanted
    for (endpoint, channel) in channels where wanted[endpoint] == nil {
      channels[endpoint] = nil
      try? await channel.close()
    }
    failures = failures.filter { wanted[$0.key] != nil }
    await openMissing()
  }

  /// Closes all sockets; accepted connections are not touched.
  public func close() async {
    await update(to: [:])
    retrying?.cancel()
    await retrying?.value
  }

  private func openMissing() async {
    let deadline = ContinuousClock.now + patience
    for (endpoint, service) in wanted where channels[endpoint] == nil {
      do {
        // For what has failed before there is another time soon.
        let channel =
          failures[endpoint] == nil
          ? try await bind(endpoint, service, until: deadline)
          : try await bind(endpoint, service)
        guard isMissing(endpoint) else {
          // It was opened, or given up, meanwhile.
          try? await channel.close()
          continue
        }
        channels[endpoint] = channel
        failures[endpoint] = nil
      } catch {
        // It may be this set that holds the port by now.
        guard isMissing(endpoint) else { continue }
        failures[endpoint] = "\(service.name) cannot listen on \(endpoint): \(reason(error))."
      }
    }
    if !failures.isEmpty { retryLater() }
  }

  private func isMissing(_ endpoint: Endpoint) -> Bool {
    wanted[endpoint] != nil && channels[endpoint] == nil
  }

  /// A port may be held for a moment more by an engine that has just ended, or by a program that
  /// was started at that moment and has not let go of what it inherited.
  private func bind(
    _ endpoint: Endpoint, _ service: Service, until deadline: ContinuousClock.Instant
  ) async throws -> any Channel {
    while true {
      do {
        return try await bind(endpoint, service)
      } catch let error as IOError
        where error.errnoCode == EADDRINUSE && ContinuousClock.now < deadline && isMissing(endpoint)
      {
        try await Task.sleep(for: .milliseconds(30))
      }
    }
  }

  private func bind(_ endpoint: Endpoint, _ service: Service) async throws -> any Channel {
    let accept = accept
    return try await ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: Int32(service.backlog))
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      // A client may send all its commands, end its direction, and then read.
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      // What a client does not fetch must not fill the system's memory.
      .childChannelOption(.socketOption(.so_sndbuf), value: 65_536)
      .childChannelInitializer { channel in accept(endpoint, channel) }
      .bind(host: endpoint.address.description, port: endpoint.port)
      .get()
  }

  private func retryLater() {
    guard retrying == nil else { return }
    retrying = Task {
      try? await Task.sleep(for: .seconds(1))
      retrying = nil
      if !Task.isCancelled { await openMissing() }
    }
  }

  private func reason(_ error: any Error) -> String {
    guard let error = error as? IOError else { return "\(error)" }
    return String(cString: strerror(error.errnoCode))
  }
}
