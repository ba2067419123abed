/// What a user may do.
public enum Role: String, Codable, Sendable, CaseIterable {
  case administrator = "admin"
  case `operator` = "operator"
  case readOnly = "readonly"
  case guest = "guest"
}

/// A user; passphrase, keys and locks stand outside the configuration's history.
public struct User: ConfigurationValue {
  /// The kind under which it is stored.
  public static let kind = ObjectKind.user

  /// The administrator whom every appliance has, and who alone may reset it.
  public static let adminName = "admin"

  /// The full name; may be empty.
  public var fullName: String
  /// What the user may do.
  public var role: Role

  /// Makes a user.
  public init(fullName: String = "", role: Role) {
    self.fullName = fullName
    self.role = role
  }
}

/// A user's name: short, lower case, none that the system uses itself.
public struct UserName: Hashable, Sendable {
  /// The name.
  public let text: String

  /// Names that stand for something else on the appliance.
  static let reserved: Set = ["operator", "root", "system", "guest", "nobody", "enablediag"]

  /// Reads a name of 1 to 16 characters that begins with a letter.
  ///
  /// - Throws: `ConfigurationError` with the sentence that says what a name is.
  public init(_ text: String) throws(ConfigurationError) {
    let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    let isPossible = text.utf8.allSatisfy {
      letters.contains($0) || digits.contains($0) || $0 == UInt8(ascii: "-")
        || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".")
    }
    guard (1...16).contains(text.utf8.count), isPossible,
      text.utf8.first.map(letters.contains) == true
    else {
      throw ConfigurationError(
        "A username has 1 to 16 characters: lower-case letters, digits and . _ - after a letter.")
    }
    guard !Self.reserved.contains(text) else {
      throw ConfigurationError("The username \"\(text)\" is reserved by the system.")
    }
    self.text = text
  }
}
