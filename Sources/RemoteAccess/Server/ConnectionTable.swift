import Dispatch
import Glibc
import NIOCore
import NIOPosix
import Resolver
import Synchronization

/// The connections of a server: each a process, with a socket on which it tells of the login and
/// notices the server's end.
final class ConnectionTable: Sendable {
  private struct Connection {
    let process: pid_t
    /// This end of the socket; the process ends when it is closed.
    let socket: Int32
    let since: ContinuousClock.Instant
    var isStranger = true
  }

  /// A connection that was accepted and has no process yet.
  private struct Newcomer {
    let socket: Int32
    let origin: String
  }

  private struct State {
    var map = AddressMap.real
    var connections: [pid_t: Connection] = [:]
    var waiting: [Newcomer] = []
    var isEnding = false
  }

  private let appliance: String
  private let isLegacy: Bool
  private let limits: ServerLimits
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "esash.ssh")

  init(appliance: String, isLegacy: Bool, limits: ServerLimits) {
    self.appliance = appliance
    self.isLegacy = isLegacy
    self.limits = limits
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
      guard !state.isEnding, state.waiting.count < limits.waiting,
        state.connections.count < limits.sessions + limits.strangers
      else { return false }
      let origin = InternetAddress(address).map { "\(state.map.address(ofPeer: $0))" } ?? address
      state.waiting.append(Newcomer(socket: socket, origin: origin))
      return true
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
      let next: Newcomer? = state.withLock { state in
        let strangers = state.connections.values.count { $0.isStranger }
        guard !state.isEnding, strangers < limits.strangers,
          state.connections.count - strangers < limits.sessions, !state.waiting.isEmpty
        else { return nil }
        return state.waiting.removeFirst()
      }
      guard let next else { return }
      start(next)
      close(next.socket)
    }
  }

  private func start(_ newcomer: Newcomer) {
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
    let source = DispatchSource.makeReadSource(fileDescriptor: ends[0], queue: queue)
    let socket = ends[0]
    state.withLock {
      $0.connections[process] = Connection(process: process, socket: socket, since: .now)
    }
    // The handler keeps the source until the process is gone.
    source.setEventHandler { [self] in
      if !listen(to: process, on: socket) { source.cancel() }
    }
    source.setCancelHandler { close(socket) }
    source.activate()
  }

  /// A process tells of a login, or is gone.
  ///
  /// - Returns: whether it goes on.
  private func listen(to process: pid_t, on socket: Int32) -> Bool {
    defer { startWaiting() }
    var word: UInt8 = 0
    if read(socket, &word, 1) == 1 {
      state.withLock { $0.connections[process]?.isStranger = false }
      return true
    }
    waitpid(process, nil, 0)
    state.withLock { $0.connections[process] = nil }
    return false
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
      guard !state.waiting.isEmpty else { return !state.isEnding }
      for connection in state.connections.values
      where connection.isStranger && ContinuousClock.now - connection.since > limits.grace {
        kill(connection.process, SIGKILL)
      }
      return !state.isEnding
    }
  }

  /// Ends all connections; those that do not end in time are killed.
  func end() async {
    let waiting = state.withLock { state in
      state.isEnding = true
      defer { state.waiting = [] }
      for connection in state.connections.values {
        if connection.isStranger { kill(connection.process, SIGKILL) }
        shutdown(connection.socket, Int32(SHUT_RDWR))
      }
      return state.waiting
    }
    for newcomer in waiting { close(newcomer.socket) }
    let deadline = ContinuousClock.now + .seconds(8)
    while true {
      let left = state.withLock { $0.connections.keys.map(\.self) }
      if left.isEmpty { return }
      if ContinuousClock.now > deadline { for process in left { kill(process, SIGKILL) } }
      try? await Task.sleep(for: .milliseconds(10))
    }
  }
}
