import Synchronization

/// Writes an SMTP conversation down, line by line, with the time of each.
final class ConversationRecorder: Sendable {
  private struct State {
    var lines: [ServerCheck.Line] = []
    /// The beginning of a line whose end has not come.
    var rest: [UInt8] = []
    var isEncrypted = false
    var connected: Duration?
  }

  /// A server is not trusted: of a line, and of all that it says, so much is kept.
  private static let (lineLimit, mostLines) = (2048, 1000)

  private let start = ContinuousClock.now
  private let state = Mutex(State())

  /// What has been written so far.
  var lines: [ServerCheck.Line] { state.withLock { $0.lines } }

  /// When the connection was made; nil before.
  var connectTime: Duration? { state.withLock { $0.connected } }

  /// How long ago it was begun.
  var elapsed: Duration { ContinuousClock.now - start }

  /// The connection is made.
  func connected() {
    state.withLock { state in
      state.connected = elapsed
      add(.note, "The server answers.", to: &state)
    }
  }

  /// This side said a line.
  func sent(_ line: String) {
    state.withLock { state in
      let text = line.hasSuffix("\r\n") ? String(line.dropLast()) : line
      add(state.isEncrypted ? .sentEncrypted : .sent, text, to: &state)
    }
  }

  /// Bytes came from the server.
  func received(_ bytes: some Sequence<UInt8>) {
    state.withLock { state in
      for byte in bytes {
        if byte == UInt8(ascii: "\n") {
          let line = state.rest.last == UInt8(ascii: "\r") ? state.rest.dropLast() : state.rest[...]
          add(
            state.isEncrypted ? .receivedEncrypted : .received,
            String(decoding: line, as: UTF8.self), to: &state)
          state.rest = []
        } else if state.rest.count < Self.lineLimit {
          state.rest.append(byte)
        }
      }
    }
  }

  /// From here on everything is encrypted.
  func encrypted() {
    state.withLock { state in
      state.isEncrypted = true
      state.rest = []
    }
  }

  /// Writes a remark down.
  func note(_ text: String, _ kind: ServerCheck.Line.Kind = .note) {
    state.withLock { add(kind, text, to: &$0) }
  }

  private func add(_ kind: ServerCheck.Line.Kind, _ text: String, to state: inout State) {
    guard state.lines.count < Self.mostLines else { return }
    state.lines.append(ServerCheck.Line(time: elapsed, kind: kind, text: text))
  }
}
