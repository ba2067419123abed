import Glibc
public import NIOCore

extension ChannelHandlerContext {
  /// Ends the connection behind what was written.
  ///
  /// The client has a moment to end its own direction, since a socket that is closed with unread
  /// bytes would take the last reply back.
  ///
  /// - Parameters:
  ///   - isInputClosed: whether the client has ended its direction already.
  ///   - timer: the connection's own; it closes the connection after the moment.
  ///   - moment: how long that is.
  public func hangUp(isInputClosed: Bool, _ timer: ConnectionTimer, moment: Duration) {
    if isInputClosed {
      writeAndFlush(NIOAny(ByteBuffer())).assumeIsolated()
        .whenComplete { _ in self.close(promise: nil) }
    } else {
      close(mode: .output, promise: nil)
    }
    // The other side has its moment also where it was the limit that ended the connection.
    timer.liftLimit()
    timer.expect(within: moment) { self.close(promise: nil) }
  }

  /// Ends the connection by a reset (RST), as if nobody had been here.
  public func reset() {
    let channel = channel
    guard let options = channel as? any SocketOptionProvider else {
      return close(promise: nil)
    }
    options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in
      channel.close(promise: nil)
    }
  }
}
