import SMTP
import TLS

/// The end of an outgoing connection before its time.
struct ConnectionLoss: Error, Hashable, Sendable {
  /// Why it ended.
  enum Cause: Hashable, Sendable {
    /// An error number of this system; `ETIMEDOUT` when the peer was silent for too long.
    case system(Int32)
    /// The peer ended the connection without a word.
    case endOfFile
    /// The peer said something with which SMTP cannot go on.
    case smtp(ClientFailure)
    /// The connection broke under TLS.
    case tls(TLSFailure)
    /// Something else broke, such as the making of TLS; its words.
    case other(String)
  }

  /// Why it ended.
  let cause: Cause
  /// What is known of each recipient of the transaction that it cut short; empty without one.
  var replies: [RecipientReply?] = []
  /// Whether all content was sent and the reply to it is missing: the peer may have the message.
  var isOutcomeUnknown = false
}
