import Foundation

/// What waits together for a destination: recipients of one message in one domain, due at one time.
struct DeliveryItem: Hashable, Sendable {
  /// Where mail goes; alerts go a way of their own.
  struct Destination: Hashable, Sendable {
    /// The domain in small letters.
    let domain: String
    /// Whether routes and destination controls are passed by.
    let isAlert: Bool
  }

  /// The message; its recipients are not looked at.
  let message: QueuedMessage
  /// Those that wait.
  var recipients: [QueuedMessage.Recipient]
  /// When they are due, on the appliance's calendar.
  let due: Date

  /// What a message means for each destination.
  static func items(of message: QueuedMessage) -> [(Destination, DeliveryItem)] {
    struct Group: Hashable {
      let destination: Destination
      let due: Date
    }
    var groups: [Group: [QueuedMessage.Recipient]] = [:]
    for recipient in message.recipients {
      let destination = Destination(
        domain: mailDomain(of: recipient.address), isAlert: message.isAlert)
      groups[Group(destination: destination, due: recipient.due), default: []].append(recipient)
    }
    return groups.map { group, recipients in
      (
        group.destination,
        DeliveryItem(message: message, recipients: recipients, due: group.due)
      )
    }
  }
}
