import Configuration
import PKI
import TestSupport
import Testing

@Suite("Directory servers")
struct LDAPRuleTests {
  private let factory: Configuration

  init() async throws {
    var configuration = try await Configuration.factory(pool: .shared)
    var server = LDAPServer(
      name: "PublicLDAP", hosts: ["ldap.example.com", "10.0.0.9"], port: 636, security: .ldaps,
      base: "dc=example,dc=com",
      credentials: .init(name: "cn=esa,dc=example,dc=com", password: Secret("Tr0ub4dor")))
    server.acceptQuery = .init(name: "PublicLDAP.ldapaccept", filter: "(mail={a})")
    server.groupQuery = .init(name: "PublicLDAP.ldapgroup", filter: "(&(mail={a})(memberOf={g}))")
    configuration.ldap.servers = [server]
    factory = configuration
  }

  @Test("what the dialogue takes, the rules allow")
  func good() throws { try factory.verify() }

  private static func impossible(_ reason: String) -> String {
    "The LDAP server \"PublicLDAP\" is impossible. \(reason)"
  }

  static let broken = [
    BrokenRule(
      "a server's name",
      "The LDAP server \"a?\" is impossible. A name has 1 to 64 characters: "
        + "letters, digits, spaces and . _ - @ only."
    ) { $0.ldap.servers[0].name = "a\n" },
    BrokenRule(
      "a query's name",
      impossible(
        "A name has 1 to 64 characters: letters, digits, spaces and . _ - @ only.")
    ) { $0.ldap.servers[0].groupQuery?.name = "" },
    BrokenRule(
      "a server's host",
      impossible(
        "\"localhost\" is no host: enter a name with at least one dot, such as ldap.example.com, "
          + "or an IPv4 address.")
    ) { $0.ldap.servers[0].hosts = ["localhost"] },
    BrokenRule(
      "no host",
      impossible(
        "\"\" is no host: enter a name with at least one dot, such as ldap.example.com, or an IPv4 "
          + "address.")
    ) { $0.ldap.servers[0].hosts = [] },
    BrokenRule("a host twice", impossible("The host \"a.example\" stands there twice.")) {
      $0.ldap.servers[0].hosts = ["a.example", "a.example"]
    },
    BrokenRule("a host's capitals", impossible("Its hosts are not in small letters.")) {
      $0.ldap.servers[0].hosts = ["LDAP.example.com"]
    },
    BrokenRule("a port", impossible("There is no port 65536.")) {
      $0.ldap.servers[0].port = 65536
    },
    BrokenRule(
      "a base",
      impossible(
        "A distinguished name has 1 to 256 printable characters, such as dc=example,dc=com.")
    ) { $0.ldap.servers[0].base = "dc=a\u{1B}" },
    BrokenRule(
      "a bind name",
      impossible(
        "A distinguished name has 1 to 256 printable characters, such as dc=example,dc=com.")
    ) { $0.ldap.servers[0].credentials?.name = String(repeating: "a", count: 257) },
    BrokenRule("a password", impossible("Its password is missing.")) {
      $0.ldap.servers[0].credentials?.password = Secret("")
    },
    BrokenRule(
      "a query",
      impossible(
        "\"mail={a}\" is no LDAP query such as (mail={a}): an opening bracket is missing.")
    ) { $0.ldap.servers[0].acceptQuery?.filter = "mail={a}" },
    BrokenRule(
      "one name twice, in another case",
      "Two LDAP servers or queries have the name \"PublicLDAP.ldapaccept\"."
    ) { configuration in
      configuration.ldap.servers.append(
        LDAPServer(name: "publicldap.LDAPACCEPT", hosts: ["b.example"], base: "o=b"))
    },
  ]

  @Test("is refused with its sentence", arguments: broken)
  func isRefused(_ rule: BrokenRule) throws {
    var configuration = factory
    try rule.change(&configuration)
    #expect {
      try configuration.verify()
    } throws: { "\($0)" == rule.sentence }
  }

  @Test("hosts are read as they are typed")
  func hosts() throws {
    #expect(
      try LDAPHosts(" LDAP.Example.com ,10.0.0.9").hosts == ["ldap.example.com", "10.0.0.9"])
    #expect(LDAPHosts(["a.example", "b.example"]).text == "a.example, b.example")
  }

  @Test("A file of an earlier program says nothing of group queries, and names settings otherwise")
  func earlierFile() throws {
    let text = """
      <config><ldap><validates_server_certificate>yes</validates_server_certificate>\
      <certificate>Demo</certificate><servers><item><name>old</name><hosts><item>a.example</item>\
      </hosts><port>636</port><uses_tls>yes</uses_tls><base_dn>o=a</base_dn><bind_dn></bind_dn>\
      </item></servers></ldap></config>
      """
    let loaded = try SavedConfiguration.load(Array(text.utf8), for: .release14)
    #expect(loaded.unknownElements == [])
    #expect(loaded.configuration.ldap.validatesServerCertificate)
    #expect(loaded.configuration.ldap.toleratesFailedGroupQueries)
    #expect(
      loaded.configuration.ldap.servers == [
        LDAPServer(name: "old", hosts: ["a.example"], port: 636, security: .ldaps, base: "o=a")
      ])
  }

  @Test("A password is in no file that masks passphrases, and comes back from one that hides them")
  func password() throws {
    func file(_ coding: SecretCoding) throws -> [UInt8] {
      try SavedConfiguration(
        configuration: factory, release: .release14, serialNumber: "1", date: "now",
        secrets: coding
      ).bytes(lineEnd: .lineFeed)
    }
    for coding in [SecretCoding.masked, .obfuscated] {
      #expect(!String(decoding: try file(coding), as: UTF8.self).contains("Tr0ub4dor"))
    }
    let loaded = try SavedConfiguration.load(file(.obfuscated), for: .release14)
    #expect(loaded.configuration.ldap == factory.ldap)
    #expect(loaded.unknownElements == [])
    #expect(factory.ldap.servers[0].credentials.map { "\($0)" }?.contains("***") == true)
  }
}
