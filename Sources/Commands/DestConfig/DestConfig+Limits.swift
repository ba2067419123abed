import Configuration
import Dialogue

// destconfig > NEW, EDIT, DEFAULT: connections, messages, recipients, and what they are counted
// over.
extension DestConfig {
  func askLimits(
    of domain: String, _ entry: inout Destination, isNew: Bool
  ) async throws {
    let defaults = context.draft.outbound.defaults
    if try await c.confirm(
      "Do you wish to configure a concurrency limit for \(domain)?",
      default: isNew || entry.maxConnections != nil)
    {
      entry.maxConnections = try await askConnections(
        domain, entry.maxConnections ?? defaults.maxConnections)
    } else {
      entry.maxConnections = nil
    }
    if try await c.confirm(
      "Do you wish to apply a messages-per-connection limit to this domain?",
      default: entry.maxMessagesPerConnection != nil)
    {
      entry.maxMessagesPerConnection = try await askMessages(
        domain, entry.maxMessagesPerConnection ?? defaults.maxMessagesPerConnection)
    } else {
      entry.maxMessagesPerConnection = nil
    }
    if try await c.confirm(
      "Do you wish to apply a recipient limit to this domain?", default: entry.recipientLimit != nil
    ) {
      let minutes = try await askMinutes(entry.recipientMinutes ?? defaults.recipientMinutes)
      entry.recipientMinutes = minutes
      entry.recipientLimit = try await askRecipients(domain, minutes, entry.recipientLimit)
    } else {
      entry.recipientLimit = nil
    }
    if entry.hasOwnLimit {
      entry.scope = try await askScope(of: domain, entry.scope ?? LimitScope())
    }
  }

  func askConnections(_ domain: String, _ present: Int) async throws -> Int {
    try await c.ask(
      "Enter the max concurrency limit for \"\(domain)\".", in: Destination.connectionRange,
      default: present)
  }

  func askMessages(_ domain: String, _ present: Int) async throws -> Int {
    try await c.ask(
      "Enter the max number of messages per connection for \"\(domain)\".",
      in: Destination.messageRange, default: present)
  }

  func askMinutes(_ present: Int) async throws -> Int {
    try await c.ask(
      "Enter the number of minutes used to measure the recipient limit.",
      in: Destination.minuteRange, default: present)
  }

  func askRecipients(
    _ domain: String, _ minutes: Int, _ present: Int?
  ) async throws -> Int {
    try await c.ask(
      "Enter the max number of recipients per \(minutes) minutes for \"\(domain)\".",
      in: Destination.recipientRange, default: present)
  }

  func askScope(of domain: String, _ present: LimitScope) async throws -> LimitScope {
    var scope = present
    scope.isPerExchanger = try await c.choose(
      "Select how you want to apply the limits for \(domain):",
      from: [
        Choice("One limit applies to the entire domain \(domain)", false),
        Choice("Separate limit for each mail exchanger IP address", true),
      ], default: present.isPerExchanger ? 2 : 1)
    scope.isPerGateway = try await c.choose(
      "Select how the limits will be enforced:",
      from: [Choice("System Wide", false), Choice("Per Virtual Gateway(tm)", true)],
      default: present.isPerGateway ? 2 : 1)
    return scope
  }
}
