import CLibSSH
import Configuration
public import ConfigurationStore
import Foundation
import PKI

/// One client, from its first byte to its last, in a process of its own.
///
/// The thread that calls `run` belongs to the connection. It waits for the client, for what stands
/// behind its channels and for the server, and moves what came; libssh calls back on this thread.
public final class SSHConnection {
  /// The largest piece that is moved at once, in bytes.
  static let piece = 32 << 10

  private let appliance: Appliance
  private let origin: String
  private let rules: ConnectionRules
  private let server: Int32
  private let record: @Sendable (AuthenticationEvent) -> Void
  let desk: LoginDesk
  let session: ssh_session
  private let start = ContinuousClock.now
  private var channels: [SessionChannel] = []
  private var isEnding = false
  private var emptySince = ContinuousClock.now

  /// Serves a client on a thread of its own; returns when the client is gone.
  ///
  /// - Parameters:
  ///   - socket: the connection; it is the session's from now on.
  ///   - server: a socket that tells the server of the login, and ends when the server does.
  ///   - origin: the client's address in the appliance's world.
  ///   - record: takes what the authentication log tells.
  /// - Throws: `RemoteAccessError` when libssh refuses keys or socket.
  public static func serve(
    socket: Int32, server: Int32, from origin: String, to appliance: Appliance,
    _ rules: ConnectionRules, record: @escaping @Sendable (AuthenticationEvent) -> Void
  ) async throws {
    try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
      Thread.detachNewThread {
        done.resume(
          with: Result {
            try SSHConnection(
              socket: socket, server: server, from: origin, to: appliance, rules, record: record
            ).run()
          })
      }
    }
  }

  private init(
    socket: Int32, server: Int32, from origin: String, to appliance: Appliance,
    _ rules: ConnectionRules, record: @escaping @Sendable (AuthenticationEvent) -> Void
  ) throws {
    self.appliance = appliance
    self.origin = origin
    self.rules = rules
    self.server = server
    self.record = record
    desk = LoginDesk(appliance.accounts, from: origin, rules, record: record)
    session = try Self.accept(socket, HostKeys(in: appliance), rules)
  }

  private static func accept(_ socket: Int32, _ keys: HostKeys, _ rules: ConnectionRules) throws
    -> ssh_session
  {
    guard let bind = ssh_bind_new(), let session = ssh_new() else {
      throw RemoteAccessError("libssh has no memory left.")
    }
    defer { ssh_bind_free(bind) }
    var no = false
    ssh_bind_options_set(bind, SSH_BIND_OPTIONS_PROCESS_CONFIG, &no)
    for path in keys.paths { ssh_bind_options_set(bind, SSH_BIND_OPTIONS_HOSTKEY, path) }
    for (option, list) in Algorithms.lists(legacy: rules.isLegacy) {
      guard ssh_bind_options_set(bind, option, list) == SSH_OK else {
        throw RemoteAccessError("libssh does not know an algorithm of \(list).")
      }
    }
    var seconds = rules.loginTime.components.seconds
    ssh_options_set(session, SSH_OPTIONS_TIMEOUT, &seconds)
    guard ssh_bind_accept_fd(bind, session, socket) == SSH_OK else {
      throw RemoteAccessError(String(cString: ssh_get_error(UnsafeMutableRawPointer(bind))))
    }
    // Accepting has given the session the lists above; there is none for compression.
    for option in [SSH_OPTIONS_COMPRESSION_C_S, SSH_OPTIONS_COMPRESSION_S_C] {
      guard ssh_options_set(session, option, "none") == SSH_OK else {
        throw RemoteAccessError("libssh does not leave compression out.")
      }
    }
    return session
  }

  deinit {
    // A channel's memory is the session's.
    removeChannels { _ in true }
    ssh_free(session)
  }

  /// Serves the client until one of the two sides ends it, or the server does.
  private func run() {
    keepAlive()
    ssh_set_auth_methods(session, Int32(SSH_AUTH_METHOD_PASSWORD | SSH_AUTH_METHOD_PUBLICKEY))
    let callbacks = ServerCallbacks(of: self)
    defer { withExtendedLifetime(callbacks) {} }
    // Never blocking: a client may send the login behind its keys, and all is done at one look.
    ssh_set_blocking(session, 0)
    guard ssh_set_server_callbacks(session, callbacks.pointer) == SSH_OK,
      ssh_handle_key_exchange(session) != SSH_ERROR, let event = ssh_event_new()
    else { return }
    ssh_event_add_session(event, session)
    serve(event)
    isEnding = true
    for channel in channels { channel.stop() }
    waitForPrograms()
    ssh_event_remove_session(event, session)
    ssh_event_free(event)
    ssh_disconnect(session)
  }

  private func serve(_ event: ssh_event) {
    while !desk.isClosed, isConnected {
      switch wait() {
      case .over: return
      case .client: if ssh_event_dopoll(event, 0) == SSH_ERROR { return }
      case .others: break
      }
      for channel in channels { channel.move() }
      if channels.contains(where: \.isInUse) { emptySince = .now }
      removeChannels { $0.isOver }
    }
  }

  /// Whether the client is there; libssh may notice its end while a channel is read or written.
  private var isConnected: Bool {
    ssh_get_status(session) & (SSH_CLOSED | SSH_CLOSED_ERROR) == 0 && ssh_get_fd(session) >= 0
  }

  private enum Event {
    /// The client sent something, or takes something.
    case client
    /// Something else can be done.
    case others
    /// The connection's time is up, or the server has ended.
    case over
  }

  /// Waits until something can be done.
  ///
  /// While the client does not take what is there for it, it is not read either: what it sends may
  /// want an answer, and nothing may grow.
  private func wait() -> Event {
    let isWriting = ssh_get_poll_flags(session) & SSH_WRITE_PENDING != 0
    var waiting = [
      pollfd(fd: ssh_get_fd(session), events: Int16(isWriting ? POLLOUT : POLLIN), revents: 0),
      pollfd(fd: server, events: Int16(POLLIN), revents: 0),
    ]
    for channel in channels { waiting += channel.descriptors }
    let patience = channels.contains(where: \.hasMore) ? 0 : channels.compactMap(\.patience).min()
    poll(&waiting, nfds_t(waiting.count), min(patience ?? 1000, 1000))
    guard waiting[1].revents == 0 else { return .over }
    let isLate = desk.user == nil && ContinuousClock.now - start > rules.loginTime
    let isIdle =
      !channels.contains(where: \.isInUse) && ContinuousClock.now - emptySince > rules.emptyTime
    return isLate || isIdle ? .over : waiting[0].revents != 0 ? .client : .others
  }

  /// Gives channels up; libssh may open others while it frees these.
  private func removeChannels(where isGone: (SessionChannel) -> Bool) {
    let gone = channels.filter(isGone)
    channels.removeAll { channel in gone.contains { $0 === channel } }
    withExtendedLifetime(gone) {}
  }

  /// Nothing of a client that is gone lives on: what does not end by itself is killed.
  private func waitForPrograms() {
    let deadline = ContinuousClock.now + .seconds(5)
    while !channels.isEmpty {
      if ContinuousClock.now > deadline { for channel in channels { channel.kill() } }
      removeChannels { $0.hasEnded }
      if !channels.isEmpty { usleep(5000) }
    }
  }

  /// A client whose machine is gone is noticed within some minutes (tcp(7)).
  private func keepAlive() {
    let socket = ssh_get_fd(session)
    for (level, option, value) in [
      (SOL_SOCKET, SO_KEEPALIVE, Int32(1)), (Int32(IPPROTO_TCP), TCP_KEEPIDLE, 60),
      (Int32(IPPROTO_TCP), TCP_KEEPINTVL, 15), (Int32(IPPROTO_TCP), TCP_NODELAY, 1),
    ] {
      var value = value
      setsockopt(socket, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }
  }

  // MARK: What libssh asks

  /// Tells the server that somebody was let in.
  func letIn() {
    var word = UInt8(ascii: "a")
    _ = write(server, &word, 1)
    emptySince = .now
  }

  /// Opens a channel; nil where there are too many, and for a user who may not come in any more.
  func openChannel() -> ssh_channel? {
    guard !isEnding, channels.count < rules.sessions, desk.presentUser() != nil,
      let channel = ssh_channel_new(session)
    else { return nil }
    channels.append(SessionChannel(channel, of: self))
    return channel
  }

  /// What the user may have now; nil for one who may not come in any more.
  func services() -> SessionServices? {
    desk.presentUser().map {
      SessionServices(appliance: appliance, user: $0, origin: origin, record: record)
    }
  }
}
