import Commands
import ConfigurationStore

/// Serves an appliance's configuration while a session needs it.
final class EngineService: Sendable {
  let control: any EngineControl = NoEngine()

  init(of appliance: Appliance, isWanted: Bool) async throws {
    if isWanted { throw CouldNotRun("no engine") }
  }

  var addresses: [String: String] { get async { [:] } }
  func followCalendar() async {}
  func stop() async {}
}
