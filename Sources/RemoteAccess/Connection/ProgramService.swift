import Glibc
import Programs

/// A program behind a channel: on a terminal of its own, or on pipes.
final class ProgramService: ChannelService {
  /// How much of the client's input waits for the program at most, in bytes.
  private static let inputLimit = 64 << 10
  /// How long a program may live on after its output has ended.
  private static let farewell = Duration.seconds(5)

  private let process: pid_t
  private let terminal: PseudoTerminal?
  /// Whether what the client sends reaches nobody.
  private let ignoresInput: Bool
  /// Whether lines end as on a terminal, by carriage return and line feed.
  private let returnsCarriage: Bool
  private var input: Int32?
  private var output: Int32?
  private var errors: Int32?
  private var pending: [UInt8] = []
  private var isInputOver = false
  private var ending: ContinuousClock.Instant?
  private var reaped: Int32?

  /// Starts a program on a new terminal, which shows nothing by itself: a secret may be typed before
  /// the program is there to ask for it.
  init(_ program: Program, rows: UInt16, columns: UInt16) throws(SystemFailure) {
    let terminal = try PseudoTerminal(rows: rows, columns: columns, isSilent: true)
    do {
      process = try program.start(.terminal(terminal))
    } catch {
      close(terminal.nearEnd)
      throw error
    }
    makeNonBlocking(terminal.nearEnd)
    (input, output, errors) = (terminal.nearEnd, terminal.nearEnd, nil)
    self.terminal = terminal
    ignoresInput = false
    returnsCarriage = false
  }

  /// Starts a program on three pipes.
  ///
  /// - Parameters:
  ///   - given: its whole input, which the client then adds nothing to; nil where the client sends
  ///     it.
  ///   - isOnTerminal: whether the client shows the output on a terminal.
  init(
    _ program: Program, input given: [UInt8]? = nil, isOnTerminal: Bool = false
  ) throws(SystemFailure) {
    let pipes = [try Pipe(), try Pipe(), try Pipe()]
    defer { for end in [pipes[0].read, pipes[1].write, pipes[2].write] { close(end) } }
    do {
      process = try program.start(
        .descriptors(input: pipes[0].read, output: pipes[1].write, errors: pipes[2].write))
    } catch {
      for end in [pipes[0].write, pipes[1].read, pipes[2].read] { close(end) }
      throw error
    }
    (input, output, errors) = (pipes[0].write, pipes[1].read, pipes[2].read)
    for end in [pipes[0].write, pipes[1].read, pipes[2].read] { makeNonBlocking(end) }
    terminal = nil
    ignoresInput = given != nil
    returnsCarriage = isOnTerminal
    if let given {
      pending = given
      isInputOver = true
      flush()
    }
  }

  func descriptors(wantsOutput: Bool) -> [pollfd] {
    var all: [pollfd] = []
    if wantsOutput {
      for descriptor in [output, errors].compactMap(\.self) {
        all.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
      }
    }
    if let input, !pending.isEmpty {
      all.append(pollfd(fd: input, events: Int16(POLLOUT), revents: 0))
    }
    return all
  }

  var patience: Int32? { output == nil && errors == nil ? 20 : nil }

  var room: Int {
    flush()
    if ignoresInput || input == nil { return Self.inputLimit }
    return Self.inputLimit - pending.count
  }

  func take(_ bytes: [UInt8]) {
    // Of what a client's terminal sends, only its Ctrl-C concerns a program that reads nothing.
    if returnsCarriage, bytes.contains(3) { signal("INT") }
    guard !ignoresInput, input != nil, !isInputOver else { return }
    pending += bytes
    flush()
  }

  func endInput() {
    guard !isInputOver else { return }
    isInputOver = true
    // A terminal has no end of input but this character (termios(3), VEOF).
    if terminal != nil { pending.append(4) }
    flush()
  }

  private func flush() {
    while let input, !pending.isEmpty {
      let count = write(input, pending, pending.count)
      if count > 0 {
        pending.removeFirst(count)
      } else if errno == EAGAIN {
        return
      } else if errno != EINTR {
        pending = []
        if terminal == nil { closeInput() }
      }
    }
    if pending.isEmpty, isInputOver, terminal == nil { closeInput() }
  }

  private func closeInput() {
    // That of a terminal is its output too, and is closed as such.
    if let input, terminal == nil { close(input) }
    input = nil
  }

  func read(_ stream: OutputStream, atMost count: Int) -> [UInt8] {
    guard let descriptor = stream == .output ? output : errors else { return [] }
    // Line ends may take twice the room.
    let most = returnsCarriage ? max(1, count / 2) : count
    var buffer = [UInt8](repeating: 0, count: most)
    let got = Glibc.read(descriptor, &buffer, most)
    if got > 0 {
      let bytes = buffer.prefix(got)
      return returnsCarriage ? bytes.flatMap { $0 == 10 ? [13, 10] : [$0] } : Array(bytes)
    }
    if got < 0, errno == EAGAIN || errno == EINTR { return [] }
    // The far end of a terminal is closed where EIO is read.
    closeOutput(stream)
    return []
  }

  private func closeOutput(_ stream: OutputStream) {
    switch stream {
    case .output:
      if let output { close(output) }
      // A terminal is one descriptor for both directions.
      if terminal != nil { input = nil }
      output = nil
    case .errors:
      if let errors { close(errors) }
      errors = nil
    }
  }

  var status: Int32? {
    guard output == nil, errors == nil else { return nil }
    if let reaped { return reaped }
    var status: Int32 = 0
    if waitpid(process, &status, WNOHANG) == process {
      reaped = exitStatus(fromWait: status)
      closeInput()
      return reaped
    }
    let start = ending ?? .now
    ending = start
    if ContinuousClock.now - start > Self.farewell { kill(process, SIGKILL) }
    return nil
  }

  func setWindow(rows: UInt16, columns: UInt16) {
    guard output != nil else { return }
    terminal?.setWindow(rows: rows, columns: columns)
  }

  func signal(_ name: String) {
    let signals = ["INT": SIGINT, "TERM": SIGTERM, "HUP": SIGHUP, "KILL": SIGKILL]
    guard reaped == nil, let signal = signals[name] else { return }
    kill(process, signal)
  }

  /// A closed terminal sends SIGHUP by itself; a program on pipes is told.
  func stop() {
    guard reaped == nil, output != nil || errors != nil || input != nil else { return }
    kill(process, SIGHUP)
    closeInput()
    closeOutput(.output)
    closeOutput(.errors)
  }

  deinit {
    closeInput()
    for stream in OutputStream.allCases { closeOutput(stream) }
  }
}

/// A pipe, both ends closed on exec.
private struct Pipe {
  let read: Int32
  let write: Int32

  init() throws(SystemFailure) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw SystemFailure("pipe", errno) }
    (read, write) = (ends[0], ends[1])
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  }
}

private func makeNonBlocking(_ descriptor: Int32) {
  _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
}
