import Configuration
import SMTP

extension RecipientAccess {
  /// A public listener's table; the others take mail for everybody.
  init(_ listener: Listener) {
    guard listener.role == .public else {
      self = .everybody
      return
    }
    self.init(
      listener.recipientAccess.map {
        Rule(pattern: $0.pattern, isAccepted: $0.isAccepted, response: $0.response)
      })
  }
}
