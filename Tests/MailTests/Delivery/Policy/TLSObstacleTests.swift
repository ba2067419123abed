import Configuration
import TLS
import Testing

@testable import Mail

/// What each cell of the table logs, and whether it alerts.
@Suite struct TLSObstacleTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let policy: DeliveryTLS
    let name: String
    /// In the order of `TLSObstacle`: the lines, `!` for an alert.
    let cells: [String]

    var testDescription: String { name }
  }

  private static func level(_ level: OutboundTLS, _ cells: [String]) -> Row {
    Row(policy: DeliveryTLS(level), name: "\(level)", cells: cells)
  }

  private static func dane(_ level: OutboundTLS, _ tlsa: TLSASituation, _ cells: [String])
    throws -> Row
  {
    Row(
      policy: try DeliveryTLS(level, dane: .opportunistic, tlsa: tlsa),
      name: "\(level) with DANE", cells: cells)
  }

  private static let required = [
    "commandNotSupported required !", "commandNotSupported required !",
    "connectionError unexpectedResponse !", "handshakeFailed required !",
  ]

  static let rows = Result {
    [
      level(
        .preferred,
        ["commandNotSupported", "commandNotSupported", "unexpectedResponse", "handshakeFailed"]),
      level(.required, required),
      level(
        .preferredVerify,
        [
          "commandNotSupported", "commandNotSupported", "unexpectedResponse", "handshakeFailed",
          "success unverified",
        ]),
      level(.requiredVerify, required + ["nameMismatch required !"]),
      level(.requiredVerifyHosted, required + ["nameMismatch required !"]),
      try dane(
        .preferred,
        .usable([
          DANEParameters.Record(
            usage: 3, selector: 1, matching: 1, data: Array(repeating: 7, count: 32))
        ]),
        [
          "commandNotSupported daneFailed required !",
          "commandNotSupported daneFailed required !",
          "connectionError unexpectedResponse daneFailed !",
          "handshakeFailed daneFailed required !",
        ]),
      // Not alerting: nobody has required it here.
      try dane(
        .preferred, .unusable,
        [
          "commandNotSupported required", "commandNotSupported required",
          "connectionError unexpectedResponse", "handshakeFailed required",
        ]),
      try dane(.required, .unusable, required),
    ]
  }

  @Test func everyCell() throws {
    for row in try Self.rows.get() {
      for (obstacle, cell) in zip(TLSObstacle.allCases, row.cells) {
        let consequence = row.policy.consequence(of: obstacle)
        let words = consequence.lines.map { "\($0)" } + (consequence.alerts ? ["!"] : [])
        #expect(words.joined(separator: " ") == cell, "\(row.name), \(obstacle)")
      }
    }
  }

  @Test func clearTextIsNeverAnswerToAHandshake() {
    for level in OutboundTLS.allCases where level != .off {
      #expect(DeliveryTLS(level).consequence(of: .handshakeFailed).next == .notHere)
    }
  }

  @Test func anAlertGoesWithMailThatIsNotSent() {
    for level in OutboundTLS.allCases where level != .off {
      for obstacle in TLSObstacle.allCases {
        let consequence = DeliveryTLS(level).consequence(of: obstacle)
        if consequence.next != .notHere { #expect(!consequence.alerts) }
      }
    }
  }
}
