import Foundation

/// A message that comes through no listener.
public struct InjectedMessage: Hashable, Sendable {
  /// The envelope sender without brackets; empty for a bounce.
  public var sender: String
  /// The envelope recipients without brackets, at least one.
  public var recipients: [String]
  /// Headers and body, each line with CR LF.
  public let content: [UInt8]

  /// Makes a message.
  ///
  /// - Parameter text: headers and body; lines may end with LF alone or CR LF.
  public init(sender: String, recipients: [String], text: [UInt8]) {
    self.sender = sender
    self.recipients = recipients
    content = Self.withLineEnds(text)
  }

  /// The same lines, each with CR LF, the last one too.
  private static func withLineEnds(_ text: [UInt8]) -> [UInt8] {
    var lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    var content: [UInt8] = []
    content.reserveCapacity(text.count + lines.count)
    for line in lines {
      content += line.last == 0x0D ? line.dropLast() : line
      content += [0x0D, 0x0A]
    }
    return content
  }
}

extension MessageQueue {
  /// Puts a message into the queue, whatever the limits, and returns when it is on disk.
  ///
  /// - Throws: `QueueError` while no MID can be had, or GRDB's `DatabaseError`.
  func inject(_ message: InjectedMessage) async throws -> MessageID {
    let new = try newMessage(message)
    try await write { try $0.insert(new) }
    return new.id
  }

  /// Gives a message its number and date.
  func newMessage(_ message: InjectedMessage) throws -> NewMessage {
    guard let id = environment.nextID() else {
      throw QueueError("No number can be had for a message at present.")
    }
    return NewMessage(
      id: id, sender: message.sender, recipients: message.recipients, content: message.content,
      isEightBit: message.content.contains { $0 > 0x7F }, receivedAt: environment.calendar())
  }
}
