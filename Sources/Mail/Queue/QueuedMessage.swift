import Foundation

/// A message on its way into the queue.
struct NewMessage: Sendable {
  /// Its number, taken from the high-water marks when the conversation about it began.
  var id: MessageID
  /// The envelope sender without brackets; empty for a bounce.
  var sender: String
  /// The envelope recipients without brackets; a recipient's RID is its place here.
  var recipients: [String]
  /// The message as it will be sent: CR LF at each line's end, no dot-stuffing, Received first.
  var content: [UInt8]
  /// Whether it holds bytes above 127 in its body (8BITMIME).
  var isEightBit = false
  /// The name of the bounce profile of the listener through which it came.
  var bounceProfile = "Default"
  /// Whether it is an alert, which no destination control holds up.
  var isAlert = false
  /// When it was accepted, on the appliance's calendar.
  var receivedAt: Date
}

/// A message in the queue, without its content.
struct QueuedMessage: Sendable, Hashable {
  /// A recipient that waits for delivery.
  struct Recipient: Sendable, Hashable {
    /// Its place in the envelope (RID).
    var index: Int
    /// The address without brackets.
    var address: String
    /// Attempts that failed so far.
    var attempts: Int
    /// When the next attempt is due, on the appliance's calendar.
    var due: Date
  }

  var id: MessageID
  /// The envelope sender without brackets; empty for a bounce.
  var sender: String
  /// Those that wait; never empty.
  var recipients: [Recipient]
  /// Bytes of content.
  var size: Int
  var isEightBit: Bool
  var bounceProfile: String
  var isAlert: Bool
  var receivedAt: Date
}

/// What became of one recipient in an attempt.
enum RecipientOutcome: Sendable, Hashable {
  /// The peer took it.
  case delivered
  /// It waits for another attempt.
  case delayed(until: Date)
  /// It is given up; its sender is told why.
  case bounced(BounceReason)
}

/// Why a recipient is given up.
struct BounceReason: Sendable, Hashable {
  /// The enhanced status code with its text, such as `5.1.2 - Bad destination host`.
  var status: String
  /// The three digits that the peer sent; `000` when it was not the peer's word.
  var code: String
  /// The peer's lines, or the reason in our own words.
  var lines: [String]
}
