import Configuration
import Dialogue

extension Role {
  /// The name in lists.
  var title: String {
    switch self {
    case .administrator: "Administrators"
    case .operator: "Operators"
    case .readOnly: "Read-Only Operators"
    case .guest: "Guests"
    }
  }

  /// The line of a list from which one is chosen.
  var explanation: String {
    switch self {
    case .administrator: "\(title) - Administrators may change everything."
    case .operator: "\(title) - Operators may change everything but users."
    case .readOnly: "\(title) - Read-only operators may look at everything and commit nothing."
    case .guest: "\(title) - Guests may look at the status only."
    }
  }

  /// The group behind a user's name; `admin` is one of its own.
  func group(of user: String) -> String {
    switch self {
    case .administrator: user == User.adminName ? "admin" : "administrators"
    case .operator: "operators"
    case .readOnly: "readonly"
    case .guest: "guests"
    }
  }
}
