import Peers

/// What becomes of a message from outside: `{from: joe@partner.example, to: ann@example.com,
/// tls: none, outcome: refused}`.
struct ReceptionCondition: LabCondition {
  enum Outcome: String, Decodable {
    case accepted, refused, failed
  }

  let from: String
  let to: String
  let outcome: Outcome
  let tls: String?
  /// The only TLS version that the sender knows, such as `1.0`.
  let version: String?
  let address: String?
  let listener: String?
  let name: String?

  func observe(in world: any LabWorld) async throws -> Observation {
    guard let demand = SenderTLS.Demand(rawValue: tls ?? "opportunistic") else {
      throw LabError("No sender demands \"\(tls ?? "")\" of TLS.")
    }
    let delivery = try await world.send(
      LabMail(
        listener: listener ?? "IncomingMail", source: address, sender: from, recipient: to,
        demand: demand, version: version, serverName: name))
    let found: Outcome =
      switch delivery.outcome {
      case .accepted: .accepted
      case .refused: .refused
      case .introduced, .failed: .failed
      }
    return Observation(isAsWanted: found == outcome, text: "\(delivery.outcome)")
  }
}

/// What becomes of a message to a remote domain: `{to: eve@partner.example, outcome: encrypted}`.
///
/// With `at: 10.0.0.2` it must be that server that takes it.
struct DeliveryCondition: LabCondition {
  enum Outcome: String, Decodable {
    /// It arrived over TLS.
    case encrypted
    /// It arrived in clear.
    case clear
    /// It waits for another try.
    case waits
    /// It was given up.
    case bounced
  }

  let from: String?
  let to: String
  let outcome: Outcome
  let at: String?

  func observe(in world: any LabWorld) async throws -> Observation {
    let lines = try await world.deliver(from: from ?? "lab@example.com", to: to)
    let telling = lines.last { Self.tells($0) } ?? lines.last ?? "no connection was made"
    guard Self.outcome(of: lines) == outcome, let at else {
      return Observation(isAsWanted: Self.outcome(of: lines) == outcome, text: telling)
    }
    let taker = Self.connection(of: lines).flatMap { connection in
      lines.first { $0.contains("New SMTP DCID \(connection) ") }
    }
    return Observation(
      isAsWanted: taker?.contains(" address \(at) ") == true, text: taker ?? telling)
  }

  /// The line that says most about TLS.
  private static func tells(_ line: String) -> Bool {
    ["TLS success", "TLS failed", "TLS is required", "STARTTLS command not supported"]
      .contains { line.contains($0) }
  }

  /// What the mail log says of a message and its connections.
  static func outcome(of lines: [String]) -> Outcome {
    guard let connection = connection(of: lines) else {
      return lines.contains { $0.contains("Bounced: DCID") } ? .bounced : .waits
    }
    let isEncrypted = lines.contains { $0.contains("DCID \(connection) TLS success") }
    return isEncrypted ? .encrypted : .clear
  }

  /// The number of the connection over which it was taken; nil when it was not.
  private static func connection(of lines: [String]) -> Substring? {
    let words = lines.first { $0.contains("Message done DCID") }?.split(separator: " ") ?? []
    return words.firstIndex(of: "DCID").map { words[$0 + 1] }
  }
}
