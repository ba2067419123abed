public import Foundation

/// Counters and gauges of the mail flow: what `status` shows; counted since the engine started.
public struct MailStatus: Codable, Hashable, Sendable {
  /// When the engine started, on the appliance's calendar.
  public var upSince: Date
  /// Names of the listeners that are suspended.
  public var suspendedListeners: [String] = []
  /// Whether deliveries are suspended.
  public var isDeliverySuspended = false
  /// When the oldest message in the queue came.
  public var oldestMessage: Date?

  /// Messages that listeners accepted.
  public var messagesReceived = 0
  /// Their recipients.
  public var recipientsReceived = 0
  /// Recipients that listeners refused.
  public var recipientsRejected = 0
  /// Failed attempts, by recipient.
  public var softBounced = 0
  /// Recipients given up.
  public var hardBounced = 0
  /// Recipients delivered.
  public var delivered = 0
  /// Recipients removed by an administrator.
  public var deleted = 0

  /// Connections to listeners at present.
  public var inboundConnections = 0
  /// Connections to other servers at present.
  public var outboundConnections = 0
  /// Recipients in the queue that no failed attempt holds back.
  public var activeRecipients = 0
  /// Recipients that wait for another attempt.
  public var delayedRecipients = 0
  /// Bytes in the queue.
  public var queuedBytes = 0
  /// Bytes that the queue can still take.
  public var freeBytes = 0
  /// The last message number (MID) that was given out.
  public var lastMessage = 0
  /// The last number of an incoming connection (ICID).
  public var lastInjectionConnection = 0
  /// The last number of an outgoing connection (DCID).
  public var lastDeliveryConnection = 0

  /// Makes the status of an engine that did nothing yet.
  public init(upSince: Date) { self.upSince = upSince }
}

/// An alert that was sent: what `displayalerts` shows.
public struct AlertRecord: Codable, Hashable, Sendable {
  /// When, on the appliance's calendar.
  public var date: Date
  /// Such as `Warning <System> mail.example.com: …`.
  public var subject: String
  /// What happened, in whole sentences.
  public var text: String

  /// Makes a record.
  public init(date: Date, subject: String, text: String) {
    self.date = date
    self.subject = subject
    self.text = text
  }
}
