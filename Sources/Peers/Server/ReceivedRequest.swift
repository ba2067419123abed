import Foundation

/// A request as a web service of the lab received it, with what is known of its way.
struct ReceivedRequest: Hashable, Sendable {
  /// Which peer received it.
  var peer: String
  /// How that peer behaved.
  var behaviour: String
  /// When it came; whole seconds.
  var time: Date
  /// The address of the client in the appliance's world.
  var client: String
  /// The TLS of the connection.
  var encryption: ReceivedMessage.Encryption?
  /// Request line and header fields.
  var head: [String]

  /// What the peer's mailbox keeps: lines about the way, an empty line, and the head.
  var file: [UInt8] {
    let lines =
      [
        "Peer: \(peer)", "Behaviour: \(behaviour)", "Time: \(time.formatted(.iso8601))",
        "Client: \(client)",
      ] + (encryption?.lines ?? ["TLS: none"]) + [""] + head
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }
}
