import CLibSSH
import Glibc

/// A session channel (RFC 4254 section 6): what the client asks for, and what then stands behind it.
final class SessionChannel {
  private let channel: ssh_channel
  private unowned let connection: SSHConnection
  private let callbacks: UnsafeMutablePointer<ssh_channel_callbacks_struct>
  private var terminal: (name: String, window: ClientWindow)?
  private var service: (any ChannelService)?
  /// What the client's window had no room for.
  private var held: (bytes: [UInt8], stream: OutputStream)?
  private var isInputOver = false
  /// Whether the client has closed the channel, whatever libssh still keeps of it.
  private var isClosed = false
  /// Whether more of what the client sent can be moved at once.
  private(set) var hasMore = false

  /// Whether the channel is closed and nothing is left of it.
  private(set) var isOver = false

  /// Whether something was asked for that is still there.
  var isInUse: Bool { service != nil }

  init(_ channel: ssh_channel, of connection: SSHConnection) {
    self.channel = channel
    self.connection = connection
    callbacks = .allocate(capacity: 1)
    callbacks.initialize(to: .answering(Unmanaged.passUnretained(self).toOpaque()))
    ssh_set_channel_callbacks(channel, callbacks)
  }

  deinit {
    ssh_remove_channel_callbacks(channel, callbacks)
    ssh_channel_free(channel)
    callbacks.deallocate()
  }

  // MARK: Requests

  /// Keeps the client's terminal for the shell or the command to come.
  func setTerminal(_ name: String, _ window: ClientWindow) -> Bool {
    guard service == nil else { return false }
    terminal = (name, window)
    return true
  }

  /// The client's window has changed.
  func setWindow(_ window: ClientWindow) {
    terminal?.window = window
    service?.setWindow(rows: window.rows, columns: window.columns)
  }

  /// Opens a shell.
  func openShell() -> Bool { open { try $0.shell(on: terminal) } }

  /// Executes a command line.
  func execute(_ line: String) -> Bool { open { try $0.command(line, on: terminal) } }

  func signal(_ name: String) { service?.signal(name) }

  /// The client has closed the channel.
  func close() { isClosed = true }

  /// Who may have it is asked now: a channel may have been open for long.
  private func open(_ make: (SessionServices) throws -> any ChannelService) -> Bool {
    guard service == nil, let services = connection.services(), let made = try? make(services)
    else { return false }
    service = made
    return true
  }

  // MARK: Moving bytes

  /// What to wait for besides the client itself.
  var descriptors: [pollfd] { service?.descriptors(wantsOutput: mayWrite > 0) ?? [] }

  var patience: Int32? { service?.patience }

  /// How many bytes the client would take now; none while earlier ones still wait to be sent, so
  /// that a client that never reads costs nothing but its window.
  private var mayWrite: Int {
    guard held == nil, ssh_get_poll_flags(connection.session) & SSH_WRITE_PENDING == 0 else {
      return 0
    }
    return min(Int(ssh_channel_window_size(channel)), SSHConnection.piece)
  }

  /// Moves what can be moved in both directions, and ends what is over.
  func move() {
    guard !isOver else { return }
    if isClosed || ssh_channel_is_closed(channel) != 0 {
      hasMore = false
      // The client is gone; whoever stands behind the channel has to end first.
      service?.stop()
      guard let service, service.status == nil else { return end() }
      return
    }
    guard let service else { return }
    moveInput(to: service)
    moveOutput(from: service)
    guard held == nil, let status = service.status else { return }
    ssh_channel_request_send_exit_status(channel, status)
    end()
  }

  private func end() {
    ssh_channel_send_eof(channel)
    ssh_channel_close(channel)
    service = nil
    hasMore = false
    isOver = true
  }

  private func moveInput(to service: any ChannelService) {
    var buffer = [UInt8](repeating: 0, count: SSHConnection.piece)
    // What comes on the client's error stream reaches nobody.
    while ssh_channel_read_nonblocking(channel, &buffer, UInt32(buffer.count), 1) > 0 {}
    // A few pieces, then it is the other channels' turn.
    for _ in 0..<16 {
      let room = min(service.room, buffer.count)
      guard room > 0 else {
        hasMore = false
        return
      }
      let count = ssh_channel_read_nonblocking(channel, &buffer, UInt32(room), 0)
      hasMore = count > 0
      guard hasMore else { break }
      service.take(Array(buffer.prefix(Int(count))))
    }
    if !isInputOver, ssh_channel_is_eof(channel) != 0 {
      isInputOver = true
      service.endInput()
    }
  }

  private func moveOutput(from service: any ChannelService) {
    if let (bytes, stream) = held {
      held = nil
      guard mayWrite > 0 else {
        held = (bytes, stream)
        return
      }
      send(bytes, stream)
    }
    for stream in OutputStream.allCases {
      while mayWrite > 0 {
        let bytes = service.read(stream, atMost: mayWrite)
        if bytes.isEmpty { break }
        send(bytes, stream)
      }
    }
  }

  private func send(_ bytes: [UInt8], _ stream: OutputStream) {
    let count =
      switch stream {
      case .output: ssh_channel_write(channel, bytes, UInt32(bytes.count))
      case .errors: ssh_channel_write_stderr(channel, bytes, UInt32(bytes.count))
      }
    // While keys are exchanged anew, nothing is taken.
    let sent = max(0, Int(count))
    if sent < bytes.count { held = (Array(bytes.dropFirst(sent)), stream) }
  }

  // MARK: The end of the connection

  /// Tells what stands behind the channel that the client is gone.
  func stop() { service?.stop() }

  /// Whether nothing runs behind the channel any more.
  var hasEnded: Bool { service.map { $0.status != nil } ?? true }

  func kill() { service?.signal("KILL") }
}
