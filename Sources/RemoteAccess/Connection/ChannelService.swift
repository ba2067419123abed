import Glibc

/// What stands behind a channel: a program, or the copying of a file.
///
/// Nothing in it blocks. The connection waits for its descriptors and moves bytes in both directions
/// as far as there is room.
protocol ChannelService: AnyObject {
  /// What there is to wait for.
  ///
  /// - Parameter wantsOutput: whether the client would take output now.
  func descriptors(wantsOutput: Bool) -> [pollfd]

  /// How long the connection may wait at most, in milliseconds; nil for as long as it likes.
  var patience: Int32? { get }

  /// How many bytes `take` would take now.
  var room: Int { get }

  /// Takes what the client sent; at most `room` bytes.
  func take(_ bytes: [UInt8])

  /// The client sends no more.
  func endInput()

  /// Gives what is there for the client; empty when there is nothing now.
  func read(_ stream: OutputStream, atMost count: Int) -> [UInt8]

  /// The exit status, once all is over and was read.
  var status: Int32? { get }

  /// The client's window has another size now.
  func setWindow(rows: UInt16, columns: UInt16)

  /// The client sent a signal, by its name in RFC 4254 section 6.10.
  func signal(_ name: String)

  /// Ends it: the client is gone.
  func stop()
}

/// Where output goes.
enum OutputStream: CaseIterable {
  case output, errors
}
