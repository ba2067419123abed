import Control
import Mail

extension Engine {
  /// Answers a request about the mail flow.
  ///
  /// - Returns: nil for another request.
  func handleMail(_ request: EngineRequest) async -> EngineReply? {
    guard let mail = running?.mail else { return nil }
    do {
      switch request.request {
      case "mailstatus":
        let status = try await mail.status()
        return .done { $0.mail = status }
      case "hoststatus":
        guard let domain = request.domain else { return .refused("hoststatus needs a domain.") }
        let status = await mail.status(of: domain)
        return .done { $0.host = status }
      case "tophosts":
        let hosts = await mail.destinations()
        return .done { $0.hosts = hosts }
      case "alerts":
        let alerts = try await mail.recentAlerts()
        return .done { $0.alerts = alerts }
      case "delivernow":
        return done(await mail.deliverNow(request.domain))
      case "deleterecipients":
        return done(try await mail.deleteRecipients(matching: RecipientFilter(request)))
      case "suspenddel", "resumedel":
        try await mail.setDeliverySuspended(request.request == "suspenddel")
        return .done()
      case "inject":
        let intake = try await mail.takeInSpool()
        return .done(troubles: intake.troubles) { $0.count = intake.taken.count }
      case "dnsflush":
        await mail.flushNames()
        return .done()
      default:
        return nil
      }
    } catch {
      return .refused("\(error)")
    }
  }

  private func done(_ count: Int) -> EngineReply { .done { $0.count = count } }
}

extension RecipientFilter {
  /// Which recipients a request means.
  fileprivate init(_ request: EngineRequest) {
    if let domain = request.domain {
      self = .domain(domain)
    } else if let sender = request.sender {
      self = .sender(sender)
    } else {
      self = .all
    }
  }
}
