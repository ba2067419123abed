import Configuration
import Dialogue

extension CommandContext {
  /// Asks for the interface that connections leave from; nil for Auto.
  ///
  /// - Parameter present: what an empty answer takes.
  func chooseInterface(_ question: String, present: String?) async throws -> String? {
    let names = draft.interfaces.names
    let items = draft.interfaces.all.map { name, interface in
      // The name alone chooses it too, without what stands in brackets.
      Choice(
        "\(name) (\(interface.network): \(interface.hostName))", Optional(name), aliases: [name])
    }
    return try await conversation.choose(
      question, from: [Choice("Auto", nil)] + items,
      default: present.flatMap(names.firstIndex).map { $0 + 2 } ?? 1)
  }
}
