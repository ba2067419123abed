import Control
import Dialogue

/// `websecuritydiagnostics`: one request to the web security service, and what became of all.
struct WebSecurityDiagnostics {
  let context: CommandContext
  var c: Conversation { context.conversation }

  func run() async throws {
    guard context.arguments.isEmpty else { throw InvalidArguments() }
    let (c, service) = (c, context.outside.webService)
    await c.say()
    do {
      try await c.interruptible { try await service.probe { await c.say($0.line) } }
      await c.say("The web security service can be used.")
    } catch let failure as ProbeFailure {
      await c.say("The web security service cannot be used: \(failure).")
      context.hasFailed = true
    }
    await show(service.counters)
  }

  private func show(_ counters: WebServiceCounters) async {
    await c.say("\nRequests: \(counters.requests)\nAnswers: \(counters.answers)")
    for (title, times) in [
      ("Response Time", counters.responseTimes), ("DNS Lookup Time", counters.lookupTimes),
    ] {
      await c.say("\n\(title)")
      await c.say("Minimum: \(times.minimum.map(DurationText.milliseconds) ?? "None")")
      await c.say("Average: \(DurationText.milliseconds(times.average))")
      await c.say("Maximum: \(times.maximum.map(DurationText.milliseconds) ?? "None")")
    }
  }
}

extension WebServiceEvent {
  fileprivate var line: String {
    switch self {
    case .connecting(let host, let address, let port):
      "Connecting to \(host) (\(address)) on port \(port)."
    case .connected(let source): "Connected from interface \(source)."
    case .encrypted(let protocolName, let cipher):
      "TLS connection established: protocol \(protocolName), cipher \(cipher)."
    case .serverCertificate(isVerified: true): "The server certificate is verified."
    case .serverCertificate(isVerified: false): "The server certificate is not looked at."
    case .clientCertificate(isWanted: false, _): "The service asks for no client certificate."
    case .clientCertificate(_, nil): "The service asks for a client certificate, and none is set."
    case .clientCertificate(_, let shown?):
      "The client certificate \"\(shown.profile)\" is shown: \(shown.subject)\n"
        + "SHA-256: \(shown.sha256)"
    case .answered(let status): "The service answered: \(status)"
    }
  }
}

extension DurationText {
  /// Milliseconds with three places, such as `9.420`.
  fileprivate static func milliseconds(_ time: Duration) -> String {
    let microseconds = Int(time / .microseconds(1))
    let places = String(1000 + microseconds % 1000).dropFirst()
    return "\(microseconds / 1000).\(places)"
  }
}
