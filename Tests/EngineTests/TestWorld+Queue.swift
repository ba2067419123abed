import Configuration
@testable import Engine
@testable import Mail
import Resolver

extension Configuration {
  /// Sends mail for example.com to where nobody listens, so that it stays in the queue.
  mutating func keepMail() {
    routes["example.com"] = Route(hosts: [.init(host: "192.168.99.99")])
  }
}

extension TestWorld {
  /// A message in the queue.
  struct Queued {
    let id: Int
    let sender: String
    let recipients: [String]
    let content: String
  }

  /// The messages that wait in the queue, in the order of their numbers.
  var queued: [Queued] {
    get async throws {
      guard let queue = await engine.running?.mail.queue else { return [] }
      var all: [Queued] = []
      for message in try await queue.waiting() {
        all.append(
          Queued(
            id: message.id.number, sender: message.sender,
            recipients: message.recipients.map(\.address),
            content: String(decoding: try await queue.content(of: message.id), as: UTF8.self)))
      }
      return all
    }
  }
}
