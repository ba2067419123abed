import Configuration
import TestSupport
import Testing

@Suite struct AccountPolicyTests {
  @Test(
    "A passphrase that breaks a rule is refused with the rule's sentence",
    arguments: [
      ("Sh0rt!", "The passphrase must have at least 8 characters."),
      ("lower-case1", "The passphrase must have an upper-case and a lower-case letter."),
      ("UPPER-CASE1", "The passphrase must have an upper-case and a lower-case letter."),
      ("No-digits-here", "The passphrase must have a digit."),
      (
        "NoSpecial123", "The passphrase must have a character that is neither a letter nor a digit."
      ),
      ("Is-1-JOE-in", "The passphrase must not contain the username, forwards or backwards."),
      ("Is-1-eoj-in", "The passphrase must not contain the username, forwards or backwards."),
      ("Bell-1-\u{7}abc", "The passphrase must not contain control characters."),
      (
        "Aa1!" + String(repeating: "x", count: 125),
        "The passphrase must have at most 128 characters."
      ),
    ])
  func refused(_ passphrase: String, _ sentence: String) {
    #expect(throws: ConfigurationError(sentence)) {
      try AccountPolicy().check(passphrase, of: "joe")
    }
  }

  @Test(
    "A good one is taken", arguments: ["Tr0ub4dor&3", "pässWörd 1", "correct Horse 2 battery"])
  func taken(_ passphrase: String) throws { try AccountPolicy().check(passphrase, of: "joe") }

  @Test("Each rule can be switched off, but nothing is never a passphrase")
  func rules() throws {
    var policy = AccountPolicy()
    policy.minimumLength = 0
    policy.requiresMixedCase = false
    policy.requiresDigit = false
    policy.requiresSpecial = false
    policy.bansUserName = false
    try policy.check("joe", of: "joe")
    #expect(throws: ConfigurationError("The passphrase must have at least 1 characters.")) {
      try policy.check("", of: "joe")
    }
  }

  @Test("Names of users", arguments: ["joe", "j", "joe.doe", "ops-1", "a234567890123456"])
  func names(_ name: String) throws { #expect(try UserName(name).text == name) }

  @Test(
    "Names that are none",
    arguments: [
      "", "Joe", "1joe", "-joe", "joe doe", "jöe", "a2345678901234567", "root", "operator",
    ])
  func badNames(_ name: String) {
    #expect(throws: ConfigurationError.self) { _ = try UserName(name) }
  }

  @Test("A configuration in which admin is no administrator is refused, and a strange name too")
  func users() async throws {
    var configuration = try Configuration.factory(pool: await .shared)
    configuration.users["admin"] = User(role: .guest)
    #expect(throws: ConfigurationError("The user \"admin\" must be an administrator.")) {
      try configuration.verify()
    }
    configuration.users["admin"] = User(role: .administrator)
    configuration.users["Joe Doe"] = User(role: .guest)
    #expect(
      throws: ConfigurationError(
        "The name \"Joe Doe\" is impossible for an object of the kind user.")
    ) { try configuration.verify() }
  }
}
