import Commands
import ConfigurationStore
import Control
import Logs

/// An appliance's log files, as commands read them.
struct ApplianceLogs: LogReading {
  private let appliance: Appliance
  private let engine: any EngineControl

  /// - Parameter engine: whoever writes the mail log.
  init(of appliance: Appliance, engine: any EngineControl) {
    self.appliance = appliance
    self.engine = engine
  }

  func reader(of name: String, isWhole: Bool) throws -> any LogReader {
    TailReader(
      tail: try LogTail(in: appliance.logFolder, name: name, from: isWhole ? .oldest : .current))
  }

  func rollOver(_ name: String) async throws {
    // The engine has lines of the mail log in memory.
    if name == "mail", let reply = await engine.ask(.rollover) {
      if let error = reply.error { throw OperationFailed(error) }
      return
    }
    let log = try appliance.log(name)
    try await log.rollOver()
    await log.close()
  }

  private struct TailReader: LogReader {
    var tail: LogTail

    mutating func next() throws -> [String] { try tail.lines() }
  }
}
