import Configuration
import Control

extension Engine {
  /// Looks for the lists of all enabled sources now, and has what was found count.
  func updateRevocationLists() async -> EngineReply {
    guard let running, let surroundings else { return .refused("The engine is ending.") }
    let sources = surroundings.configuration.crlSources.all.filter(\.value.isEnabled)
    let updates = await running.revocation.update(sources.map(\.name), in: surroundings)
    await serveAgain()
    return .done { $0.crls = updates }
  }

  /// Looks for the lists whose time has come; a server that is slow holds up nothing else.
  func followRevocationLists() async {
    guard updatingLists == nil, let running, let surroundings,
      case let due = await running.revocation.due(surroundings.configuration), !due.isEmpty,
      updatingLists == nil
    else { return }
    updatingLists = Task {
      _ = await running.revocation.update(due, in: surroundings)
      await serveAgain()
      updatingLists = nil
    }
  }
}
