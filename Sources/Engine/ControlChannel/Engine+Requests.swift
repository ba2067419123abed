import ConfigurationStore
public import Control
import Foundation
import Logs
import Mail
import Resolver

extension Engine {
  /// Answers a request, from the control socket or from within the process.
  public func handle(_ request: EngineRequest) async -> EngineReply {
    switch request.request {
    case "apply":
      guard let version = request.version else { return .refused("apply needs a version.") }
      let troubles = await apply(version: version)
      guard self.version >= version else {
        return .refused("Version \(version) cannot be served.", troubles: troubles)
      }
      return .done(troubles: troubles)
    case "status":
      let addresses = addresses
      return .done(troubles: await troubles) { $0.addresses = addresses }
    case "clock":
      guard let offset = request.offset else { return .refused("clock needs an offset.") }
      appliance.environment.calendar.offset = offset
      await running?.mail.calendarMoved()
      return .done()
    case "crlupdate":
      return await updateRevocationLists()
    case "dnsflush":
      await resolver.flush()
      return .done()
    case "rollover":
      guard let log = request.log else { return .refused("rollover needs a log.") }
      return await rollOver(log)
    case "yield":
      guard options.yields || isEnding else {
        return .refused(
          "Process \(getpid()) serves this appliance and does not yield; end it first.")
      }
      // The answer goes out before the socket closes.
      Task { await shutDown() }
      return .done()
    default:
      if let reply = await handleMail(request) { return reply }
      return .refused("The engine does not know the request \"\(request.request)\".")
    }
  }

  private func rollOver(_ file: String) async -> EngineReply {
    do {
      try await running?.log.rollOver(file)
      return .done()
    } catch {
      return .refused("\(error)")
    }
  }
}
