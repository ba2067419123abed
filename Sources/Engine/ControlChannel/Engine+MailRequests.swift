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
      case "recipients":
        let recipients = try await mail.recipients(matching: RecipientFilter(request))
        return .done {
          $0.recipients = recipients.first
          $0.count = recipients.count
        }
      case "alerts":
        let alerts = try await mail.recentAlerts()
        return .done { $0.alerts = alerts }
      case "delivernow":
        return done(await mail.deliverNow(request.domain))
      case "deleterecipients":
        return done(try await mail.deleteRecipients(matching: RecipientFilter(request)))
      case "suspendlistener":
        try await mail.setListenersSuspended(request.listeners, true)
        if let delay = request.delay {
          try await mail.finishConnections(of: request.listeners, within: .seconds(delay))
        }
        return .done()
      case "suspenddel":
        try await mail.setDeliverySuspended(true)
        if let delay = request.delay { try await mail.finishDeliveries(within: .seconds(delay)) }
        return .done()
      case "resumelistener":
        try await mail.setListenersSuspended(request.listeners, false)
        return .done()
      case "resumedel":
        try await mail.setDeliverySuspended(false)
        return .done()
      case "inject":
        let intake = try await mail.takeInSpool()
        return .done(troubles: intake.troubles) {
          $0.count = intake.taken.count
          $0.messages = intake.taken.map(\.number)
        }
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
