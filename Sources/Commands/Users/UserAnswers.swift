public import Configuration
public import Dialogue

extension UserName: Answer {
  /// Reads a name; the sentence of a refusal says what a name is.
  public init(answer: String) throws(InvalidAnswer) {
    do throws(ConfigurationError) {
      try self.init(answer)
    } catch {
      throw InvalidAnswer(error.description)
    }
  }

  /// The name.
  public var shown: String { text }
}

/// The full name of a user.
struct FullName: Answer {
  let text: String
  var shown: String { text }

  init(text: String) { self.text = text }

  init(answer: String) throws(InvalidAnswer) {
    guard answer.count <= 64 else {
      throw InvalidAnswer("The value must be at most 64 characters long.")
    }
    guard !answer.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }) else {
      throw InvalidAnswer("The value must not contain control characters.")
    }
    text = answer
  }
}

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
