/// Which recipients an administrator means.
public enum RecipientFilter: Hashable, Sendable {
  /// All of them.
  case all
  /// Those of messages from an envelope sender; case does not matter, empty means bounces.
  case sender(String)
  /// Those at a domain; case does not matter.
  case domain(String)

  /// Whether a recipient is meant.
  ///
  /// - Parameters:
  ///   - recipient: its address.
  ///   - sender: the envelope sender of its message.
  func covers(_ recipient: String, from sender: String) -> Bool {
    switch self {
    case .all: true
    case .sender(let wanted): sender.lowercased() == wanted.lowercased()
    case .domain(let domain): mailDomain(of: recipient) == domain.lowercased()
    }
  }
}
