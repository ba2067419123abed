import Foundation
import GRDB

extension QueuedMessage {
  /// A new message as it waits: all its recipients are due at once.
  init(_ message: NewMessage) {
    self.init(
      id: message.id, sender: message.sender,
      recipients: message.recipients.enumerated().map { index, address in
        Recipient(index: index, address: address, attempts: 0, due: message.receivedAt)
      },
      size: message.content.count, isEightBit: message.isEightBit,
      bounceProfile: message.bounceProfile, isAlert: message.isAlert,
      receivedAt: message.receivedAt)
  }

  /// A row of the table `message`, without recipients.
  init(row: Row) {
    self.init(
      id: MessageID(number: row["id"]), sender: row["sender"], recipients: [], size: row["size"],
      isEightBit: row["eightBit"], bounceProfile: row["bounceProfile"], isAlert: row["alert"],
      receivedAt: Date(timeIntervalSince1970: row["received"]))
  }
}

extension QueuedMessage.Recipient {
  /// A row of the table `recipient`.
  init(row: Row) {
    self.init(
      index: row["rid"], address: row["address"], attempts: row["attempts"],
      due: Date(timeIntervalSince1970: row["due"]))
  }
}
