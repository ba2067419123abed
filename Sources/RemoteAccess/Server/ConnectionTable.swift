import Addresses
import Dispatch
import Glibc
import NIOCore
import NIOPosix
import Programs
import Resolver
import Synchronization

/// The connections of a server: each a process, with a socket on which it tells of the login and
/// notices the server's end.
final class ConnectionTable: Sendable {
  private struct State {
    var map = AddressMap.real
    var places: ConnectionPlaces
    /// This server's ends of the sockets; one is missing until the loop has it.
    var channels: [pid_t: any Channel] = [:]
    var isEnding = false
  }

  private let appliance: String
  private let isLegacy: Bool
  private let group: any EventLoopGroup
  private let state: Mutex<State>
  private let queue = DispatchQueue(label: "esash.ssh")

  init(appliance: String, isLegacy: Bool, limits: ServerLimits, group: any EventLoopGroup) {
    self.appliance = appliance
    self.isLegacy = isLegacy
    self.group = group
    state = Mutex(State(places: ConnectionPlaces(limits)))
    makeRoomLater()
  }

  func setMap(_ map: AddressMap) { state.withLock { $0.map = map } }

  /// Takes a copy of an accepted connection.
  func accept(_ channel: any Channel) {
    let copy = try? channel.pipeline.syncOperations.withUnsafeTransportIfAvailable(
      of: NIOBSDSocket.Handle.self
    ) { fcntl($0, F_DUPFD_CLOEXEC, 3) }
    guard let copy, copy >= 0 else { return }
    let address = channel.remoteAddress?.ipAddress ?? ""
    queue.async { self.admit(copy, address) }
  }

  private func admit(_ socket: Int32, _ address: String) {
    let isTaken = state.withLock { state in
      guard !state.isEnding else { return false }
      let origin = IPv4Address(address).map { "\(state.map.address(ofPeer: $0))" } ?? address
      return state.places.admit(.init(socket: socket, origin: origin))
    }
    guard isTaken else {
      close(socket)
      return
    }
    startWaiting()
  }

  /// Starts those who wait, as far as there is room.
  private func startWaiting() {
    while true {
      let next = state.withLock { $0.isEnding ? nil : $0.places.takeNext() }
      guard let next else { return }
      start(next)
      close(next.socket)
    }
  }

  private func start(_ newcomer: ConnectionPlaces.Newcomer) {
    var ends: [Int32] = [-1, -1]
    guard
      socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0
    else { return }
    defer { close(ends[1]) }
    let program = Program(
      arguments: [
        "ssh-connection", "--appliance", appliance, "--from", newcomer.origin,
      ] + (isLegacy ? ["--legacy"] : []), environment: PassedEnvironment.variables())
    let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
    defer { close(nothing) }
    guard
      let process = try? program.start(
        .descriptors(input: nothing, output: nothing, errors: STDERR_FILENO),
        others: [newcomer.socket, ends[1]])
    else {
      close(ends[0])
      return
    }
    state.withLock { $0.places.begin(process, of: newcomer, at: .now) }
    // Not a dispatch source: libdispatch forgets a descriptor twice when its other end is closed,
    // and with it a new one of the same number.
    let watch = ProcessWatch(
      onLogin: { [weak self] in self?.noteLogin(of: process) },
      onEnd: { [weak self] in self?.noteEnd(of: process) })
    ClientBootstrap(group: group)
      .channelInitializer { channel in channel.pipeline.addHandler(watch) }
      .withConnectedSocket(ends[0])
      .whenComplete { [self] result in
        switch result {
        case .success(let channel):
          let isEnding = state.withLock { state in
            if state.places.has(process) { state.channels[process] = channel }
            return state.isEnding
          }
          if isEnding { channel.close(promise: nil) }
        case .failure:
          kill(process, SIGKILL)
          noteEnd(of: process)
        }
      }
  }

  private func noteLogin(of process: pid_t) {
    state.withLock { $0.places.letIn(process) }
    queue.async { self.startWaiting() }
  }

  private func noteEnd(of process: pid_t) {
    queue.async { [self] in
      // It has closed the socket, or is about to: at its end, or because this end is closed. Until
      // the entry is gone its number stays its own, so that nobody kills another process.
      var information = siginfo_t()
      waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT)
      state.withLock { state in
        guard state.places.end(process) else { return }
        state.channels[process] = nil
        waitpid(process, nil, 0)
      }
      startWaiting()
    }
  }

  /// While somebody waits, strangers that have taken their time make room.
  private func makeRoomLater() {
    queue.asyncAfter(deadline: .now() + .seconds(1)) { [weak self] in
      guard let self, makeRoom() else { return }
      makeRoomLater()
    }
  }

  /// - Returns: false when the server ends.
  private func makeRoom() -> Bool {
    state.withLock { state in
      for process in state.places.inTheWay(at: .now) { kill(process, SIGKILL) }
      // Where all places are taken by users, nobody waits for ever.
      for newcomer in state.places.takeImpatient(at: .now) { close(newcomer.socket) }
      return !state.isEnding
    }
  }

  /// Ends all connections; those that do not end in time are killed.
  func end() async {
    let waiting = state.withLock { state in
      state.isEnding = true
      for process in state.places.strangers { kill(process, SIGKILL) }
      for channel in state.channels.values { channel.close(promise: nil) }
      return state.places.takeAllWaiting()
    }
    for newcomer in waiting { close(newcomer.socket) }
    let deadline = ContinuousClock.now + .seconds(8)
    while true {
      let isDone = state.withLock { state in
        if ContinuousClock.now > deadline {
          for process in state.places.processes { kill(process, SIGKILL) }
        }
        return state.places.isEmpty
      }
      if isDone { return }
      try? await Task.sleep(for: .milliseconds(10))
    }
  }
}

/// Hears from a connection's process: a byte when its client is let in, the end when it ends.
private final class ProcessWatch: ChannelInboundHandler, Sendable {
  typealias InboundIn = ByteBuffer

  private let onLogin: @Sendable () -> Void
  private let onEnd: @Sendable () -> Void

  init(onLogin: @escaping @Sendable () -> Void, onEnd: @escaping @Sendable () -> Void) {
    self.onLogin = onLogin
    self.onEnd = onEnd
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) { onLogin() }

  func channelInactive(context: ChannelHandlerContext) { onEnd() }
}
