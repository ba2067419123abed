import Commands
import ConfigurationStore
import Logs

/// An appliance's log files, as commands read them.
struct ApplianceLogs: LogReading {
  private let appliance: Appliance

  init(of appliance: Appliance) { self.appliance = appliance }

  func read(
    _ name: String, last: Int?, isFollowing: Bool, _ handle: ([String]) async throws -> Void
  ) async throws {
    var tail = try LogTail(in: appliance.logFolder, name: name, from: .oldest)
    var kept: [String] = []
    while true {
      let lines = try tail.lines()
      if lines.isEmpty { break }
      guard let last else {
        try await handle(lines)
        continue
      }
      kept = (kept + lines).suffix(last)
    }
    if !kept.isEmpty { try await handle(kept) }
    while isFollowing {
      try await Task.sleep(for: .milliseconds(100))
      let lines = try tail.lines()
      if !lines.isEmpty { try await handle(lines) }
    }
  }

  func rollOver(_ name: String) async throws {
    let log = try appliance.log(name)
    try await log.rollOver()
    await log.close()
  }
}
