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
  /// A client that has begun a message to joe@example.com and may send its content.
  func clientInData() async throws -> Client {
    let client = try await connect()
    _ = try await client.reply()
    _ = try await client.command("MAIL FROM:<a@b.example>")
    _ = try await client.command("RCPT TO:<joe@example.com>")
    _ = try await client.command("DATA")
    return client
  }

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
