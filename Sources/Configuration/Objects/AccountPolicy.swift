/// What passphrases must be, and when an account is locked (`userconfig` > POLICY).
public struct AccountPolicy: SingletonValue {
  /// The kind under which it is stored.
  public static let kind = ObjectKind.accountPolicy

  /// Failed logins in a row after which an account is locked; nil for never.
  public var failuresBeforeLock: Int? = 5
  /// The fewest characters of a passphrase.
  public var minimumLength = 8
  /// Whether it must have an upper-case and a lower-case letter.
  public var requiresMixedCase = true
  /// Whether it must have a digit.
  public var requiresDigit = true
  /// Whether it must have something that is neither letter nor digit.
  public var requiresSpecial = true
  /// Whether it must not be made of the user's name, forwards or backwards.
  public var bansUserName = true

  /// The longest passphrase that is taken, in characters.
  public static let longestPassphrase = 128

  /// Makes the factory's settings.
  public init() {}

  /// Whether a passphrase will do for a user.
  ///
  /// - Throws: `ConfigurationError` with the sentence for the first rule that it breaks; it never
  ///   holds the passphrase.
  public func check(_ passphrase: String, of user: String) throws(ConfigurationError) {
    func demand(_ holds: Bool, _ sentence: String) throws(ConfigurationError) {
      if !holds { throw ConfigurationError("The passphrase must \(sentence).") }
    }
    let shortest = max(1, minimumLength)
    try demand(
      passphrase.count >= shortest, "have at least \(shortest) characters")
    try demand(
      passphrase.count <= Self.longestPassphrase,
      "have at most \(Self.longestPassphrase) characters")
    try demand(
      !passphrase.unicodeScalars.contains { $0.value < 32 || $0.value == 127 },
      "not contain control characters")
    if requiresMixedCase {
      try demand(
        passphrase.contains(where: \.isUppercase) && passphrase.contains(where: \.isLowercase),
        "have an upper-case and a lower-case letter")
    }
    if requiresDigit { try demand(passphrase.contains(where: \.isNumber), "have a digit") }
    if requiresSpecial {
      try demand(
        passphrase.contains { !$0.isLetter && !$0.isNumber },
        "have a character that is neither a letter nor a digit")
    }
    if bansUserName {
      let letters = passphrase.lowercased()
      let name = user.lowercased()
      try demand(
        !letters.contains(name) && !letters.contains(String(name.reversed())),
        "not contain the username, forwards or backwards")
    }
  }
}
