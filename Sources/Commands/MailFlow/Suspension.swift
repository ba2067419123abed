import Configuration
import ConfigurationStore
import Control
import Dialogue

/// `suspend`, `suspenddel`, `suspendlistener`, and the three that go on again; they act at once.
struct Suspension {
  let context: CommandContext
  var c: Conversation { context.conversation }

  /// What is stopped, or goes on.
  enum Part {
    case everything, delivery, listeners
  }

  /// Seconds that open connections may take to finish.
  private static let delays = 0...3600

  func suspend(_ part: Part) async throws {
    let listeners = part == .listeners ? try await choose(to: "suspend") : nil
    let delay = try await delay()
    if part != .delivery {
      await c.say("\nWaiting for listeners to exit...")
      _ = try await context.askPatiently(.suspendListeners(listeners, delay: delay))
      await c.say("Receiving suspended\(suffix(listeners)).")
    }
    if part != .listeners {
      await c.say("\nWaiting for outgoing deliveries to finish...")
      _ = try await context.askPatiently(.suspendDeliveries(delay: delay))
      await c.say("Mail delivery suspended.")
    }
  }

  func resume(_ part: Part) async throws {
    if part != .listeners, !context.arguments.isEmpty { throw InvalidArguments() }
    let listeners = part == .listeners ? try await choose(to: "resume") : nil
    if part != .delivery {
      _ = try await context.ask(.resumeListeners(listeners))
      await c.say("\nReceiving resumed\(suffix(listeners)).")
    }
    if part != .listeners {
      _ = try await context.ask(.resumeDeliveries)
      await c.say("\nMail delivery resumed.")
    }
  }

  /// The listeners that are meant; nil for all.
  private func choose(to verb: String) async throws -> [String]? {
    let names = try await context.session.store.committed().configuration.listeners.names
    guard !names.isEmpty else { throw OperationFailed("There are no listeners.") }
    let items = [Choice("All", [] as [String])] + names.map { Choice($0, [$0]) }
    let chosen = try await c.choose(
      "Choose the listener(s) you wish to \(verb).", from: items)
    return chosen.isEmpty ? nil : chosen
  }

  private func delay() async throws -> Double {
    switch context.arguments.count {
    case 0:
      return Double(
        try await c.ask(
          "Enter the number of seconds to wait before abruptly closing connections.",
          in: Self.delays, default: 30))
    case 1:
      guard let seconds = Int(context.arguments[0]), Self.delays.contains(seconds) else {
        throw InvalidArguments()
      }
      return Double(seconds)
    default: throw InvalidArguments()
    }
  }

  private func suffix(_ listeners: [String]?) -> String {
    listeners.map { " for \($0.joined(separator: ", "))" } ?? ""
  }
}
