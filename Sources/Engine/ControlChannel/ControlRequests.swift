package import Control
import Foundation
import NIOCore

/// Cuts what comes through a control socket into requests, one a line; no I/O.
package struct ControlRequests {
  /// What a line holds.
  package enum Reading: Equatable {
    case request(EngineRequest)
    /// Nothing that an engine could do.
    case unreadable
  }

  /// The most bytes that may wait; no request is as long.
  package static let mostBytes = 65_536

  private var received = ByteBuffer()

  /// Has received nothing.
  package init() {}

  /// How many received bytes have not been read.
  package var bufferedByteCount: Int { received.readableBytes }

  /// Takes bytes.
  ///
  /// - Returns: false when too many wait; nothing more is to be hoped for from such a client.
  package mutating func receive(_ bytes: some Sequence<UInt8>) -> Bool {
    received.writeBytes(bytes)
    return received.readableBytes <= Self.mostBytes
  }

  /// The next whole line, or nil until more bytes come.
  package mutating func next() -> Reading? {
    guard let end = received.readableBytesView.firstIndex(of: UInt8(ascii: "\n")),
      let line = received.readBytes(length: end + 1 - received.readerIndex)
    else { return nil }
    guard let request = try? JSONDecoder().decode(EngineRequest.self, from: Data(line)),
      request.isPossible
    else { return .unreadable }
    return .request(request)
  }
}
