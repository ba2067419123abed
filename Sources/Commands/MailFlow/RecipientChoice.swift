import Control
import Dialogue

/// Which of the recipients that wait a command means.
enum RecipientChoice {
  case domain(String)
  case sender(String)
  case all

  /// Asks for them.
  ///
  /// - Parameters:
  ///   - verb: what is done to them: `show`, `delete`.
  static func ask(_ c: Conversation, to verb: String) async throws(InputEnd) -> RecipientChoice {
    enum Way { case domain, sender, all }
    let way = try await c.choose(
      "Please select how you would like to \(verb) messages:",
      from: [
        Choice("By recipient host.", Way.domain), Choice("By Envelope From address.", .sender),
        Choice("All.", .all),
      ])
    switch way {
    case .domain:
      return .domain(
        try await c.ask("Please enter the hostname for the messages you wish to \(verb).")
          .lowercased())
    case .sender:
      let sender = try await c.ask(
        "Please enter the Envelope From address for the messages you wish to \(verb).")
      return .sender(sender == "<>" ? "" : sender)
    case .all: return .all
    }
  }

  /// The domain, if one is meant.
  var domain: String? { if case .domain(let name) = self { name } else { nil } }
  /// The sender, if one is meant.
  var sender: String? { if case .sender(let address) = self { address } else { nil } }
}
