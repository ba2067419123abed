import Addresses
import Configuration
import PKI
import Testing
import TestSupport

/// The factory's configuration with one thing changed, and the sentence that refuses it.
struct BrokenRule: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let sentence: String
  let change: @Sendable (inout Configuration) throws -> Void

  init(
    _ testDescription: String, _ sentence: String,
    _ change: @escaping @Sendable (inout Configuration) throws -> Void
  ) {
    self.testDescription = testDescription
    self.sentence = sentence
    self.change = change
  }
}

@Suite("Rules of the whole configuration")
struct RuleTests {
  let pool: CertificatePool
  let factory: Configuration

  init() async throws {
    pool = try await .shared
    factory = try .factory(pool: pool)
  }

  @Test("the factory's configuration keeps every rule", arguments: Release.all)
  func factoryIsGood(_ release: Release) throws {
    try Configuration.factory(release: release, pool: pool).verify()
  }

  static let broken = [
    BrokenRule(
      "a listener's certificate is missing",
      "Listener IncomingMail uses the certificate \"gone\", which does not exist."
    ) { $0.listeners["IncomingMail"]?.certificate = "gone" },
    BrokenRule(
      "the certificate of deliveries is missing",
      "Outbound (delivery) uses the certificate \"gone\", which does not exist."
    ) { $0.outbound.certificate = "gone" },
    BrokenRule(
      "an interface's certificate is missing",
      "HTTPS Management uses the certificate \"gone\", which does not exist."
    ) { $0.interfaces["Management"]?.httpsCertificate = "gone" },
    BrokenRule("LDAP's is missing", "LDAPS uses the certificate \"gone\", which does not exist.") {
      $0.ldap.certificate = "gone"
    },
    BrokenRule(
      "that of URL filtering is missing",
      "URL Filtering uses the certificate \"gone\", which does not exist."
    ) { $0.urlFiltering.certificate = "gone" },
    BrokenRule("DLP's is missing", "DLP uses the certificate \"gone\", which does not exist.") {
      $0.dlp.certificate = "gone"
    },
    BrokenRule(
      "Threat Grid's is missing",
      "Threat Grid uses the certificate \"gone\", which does not exist."
    ) { $0.amp.certificate = "gone" },
    BrokenRule(
      "the demonstration certificate is deleted while in use",
      "Listener IncomingMail uses the certificate \"Demo\", which does not exist."
    ) { $0.certificates["Demo"] = nil },
    BrokenRule(
      "a listener's interface is missing",
      "The listener \"IncomingMail\" is on the interface \"Data 1\", which does not exist."
    ) { $0.interfaces["Data 1"] = nil },
    BrokenRule(
      "the interface of deliveries is missing",
      "Deliveries leave from the interface \"Data 2\", which does not exist."
    ) { $0.delivery.interface = "Data 2" },
    BrokenRule(
      "the interface of LDAP queries is missing",
      "LDAP queries leave from the interface \"Data 2\", which does not exist."
    ) { $0.ldap.interface = "Data 2" },
    BrokenRule(
      "a group's policy is missing",
      "The sender group RELAYLIST of \"IncomingMail\" uses the policy $RELAYED, which does not exist."
    ) { $0.listeners["IncomingMail"]?.hostAccess.policies.removeAll { $0.name == "$RELAYED" } },
    BrokenRule(
      "two listeners on one port",
      "On the interface \"Data 1\", the listener \"IncomingMail\" and the listener \"Second\" have the same port 25."
    ) { configuration in
      let first = configuration.listeners["IncomingMail"]
      configuration.listeners["Second"] = first
    },
    BrokenRule(
      "a listener on the port of a service",
      "On the interface \"Management\", SSH and the listener \"IncomingMail\" have the same port 22."
    ) {
      $0.listeners["IncomingMail"]?.interface = "Management"
      $0.listeners["IncomingMail"]?.port = 22
    },
    BrokenRule(
      "two services on one port",
      "On the interface \"Management\", SSH and HTTPS have the same port 443."
    ) { $0.interfaces["Management"]?.ssh = 443 },
    BrokenRule(
      "ports that become one in the lab network",
      "On the interface \"Management\", HTTP and HTTPS have the ports 10443 and 443, which the lab network cannot tell apart."
    ) { $0.interfaces["Management"]?.http = 10443 },
    BrokenRule(
      "port 0",
      "On the interface \"Data 1\", the listener \"IncomingMail\" has the impossible port 0."
    ) { $0.listeners["IncomingMail"]?.port = 0 },
    BrokenRule(
      "port 65536",
      "On the interface \"Data 1\", HTTPS has the impossible port 65536."
    ) { $0.interfaces["Data 1"]?.https = 65536 },
    BrokenRule(
      "one address twice",
      "The interfaces \"Data 1\" and \"Management\" have addresses that the lab network cannot tell apart."
    ) { configuration in
      let address = configuration.interfaces["Management"]?.address
      configuration.interfaces["Data 1"]?.address = address
    },
    BrokenRule(
      "addresses that fall together in the lab network",
      "The interfaces \"Data 1\" and \"Data 2\" have addresses that the lab network cannot tell apart."
    ) {
      $0.interfaces["Data 2"] = Interface(
        address: IPv4Address("10.9.1.1"), ethernet: "Data 2", hostName: "mail.example.com")
    },
    BrokenRule(
      "an impossible prefix length",
      "The interface \"Data 1\" has the impossible prefix length 33."
    ) { $0.interfaces["Data 1"]?.prefixLength = 33 },
    BrokenRule(
      "an interface's hostname that would act on a terminal",
      "The interface \"Data 1\" has the impossible hostname \"a?[2J.b\"."
    ) { $0.interfaces["Data 1"]?.hostName = "a\u{1B}[2J.b" },
    BrokenRule(
      "the system's hostname would break the prompt",
      "The system has the impossible hostname \"a.b?> \"."
    ) { $0.system.hostName = "a.b\n> " },
    BrokenRule(
      "a certificate's name with a line end",
      "The name \"a?b\" is impossible for an object of the kind certificate."
    ) { configuration in
      let demo = configuration.certificates["Demo"]
      configuration.certificates["a\nb"] = demo
    },
    BrokenRule(
      "a domain with a control character",
      "The name \"a?.b\" is impossible for an object of the kind destination."
    ) { $0.destinations["a\u{9B}.b"] = Destination() },
    BrokenRule(
      "TLS methods that end before they begin",
      "The TLS methods of Inbound SMTP end before they begin."
    ) {
      $0.ssl.inbound.minimum = .tls12
      $0.ssl.inbound.maximum = .tls11
    },
    BrokenRule(
      "a look-up that takes for ever",
      "URL filtering has the impossible limit of 61 seconds."
    ) { $0.urlFiltering.lookupTimeout = 61 },
    BrokenRule(
      "no URL of a body", "URL filtering has the impossible limit of 0 URLs in a body."
    ) { $0.urlFiltering.maxURLsPerBody = 0 },
    BrokenRule(
      "too many URLs of attachments",
      "URL filtering has the impossible limit of 501 URLs in attachments."
    ) { $0.urlFiltering.maxURLsPerAttachment = 501 },
    BrokenRule(
      "the web security service has no name",
      "URL filtering has a service with the impossible hostname \"a?.b\"."
    ) { $0.urlFiltering.service = "a\u{1B}.b" },
  ]

  @Test("is refused with its sentence", arguments: broken)
  func isRefused(_ rule: BrokenRule) throws {
    var configuration = factory
    try rule.change(&configuration)
    #expect(throws: ConfigurationError(rule.sentence)) { try configuration.verify() }
  }

  @Test(
    "an S/MIME profile cannot be assigned, whichever the service",
    arguments: [
      "Listener IncomingMail", "Outbound (delivery)", "HTTPS Management", "LDAPS", "URL Filtering",
      "DLP", "Threat Grid",
    ])
  func smimeIsNoService(_ service: String) throws {
    var configuration = factory
    configuration.certificates["mail"] = try pool.profile("mail", purpose: .smime)
    try configuration.verify()
    switch service {
    case "Listener IncomingMail": configuration.listeners["IncomingMail"]?.certificate = "mail"
    case "Outbound (delivery)": configuration.outbound.certificate = "mail"
    case "HTTPS Management": configuration.interfaces["Management"]?.httpsCertificate = "mail"
    case "LDAPS": configuration.ldap.certificate = "mail"
    case "URL Filtering": configuration.urlFiltering.certificate = "mail"
    case "DLP": configuration.dlp.certificate = "mail"
    default: configuration.amp.certificate = "mail"
    }
    #expect(configuration.services(using: "mail") == [service])
    #expect(
      throws: ConfigurationError(
        "\(service) uses the S/MIME certificate \"mail\", which is not for TLS.")
    ) { try configuration.verify() }
  }

  @Test("every service with a certificate is listed, in the order of PRINT")
  func usesInOrder() throws {
    var configuration = factory
    configuration.interfaces["Data 1"]?.https = 8443
    configuration.urlFiltering.certificate = "Demo"
    configuration.dlp.certificate = "Demo"
    configuration.amp.certificate = "Demo"
    #expect(
      configuration.services(using: "Demo") == [
        "Listener IncomingMail", "Outbound (delivery)", "HTTPS Data 1", "HTTPS Management", "LDAPS",
        "URL Filtering", "DLP", "Threat Grid",
      ])
  }

  @Test("an interface without HTTPS uses no certificate, whatever it remembers")
  func unusedCertificate() throws {
    var configuration = factory
    configuration.interfaces["Data 1"]?.httpsCertificate = "gone"
    try configuration.verify()
  }

  @Test("one port on two interfaces is fine, and so is an interface without IPv4")
  func whatIsAllowed() throws {
    var configuration = factory
    let listener = configuration.listeners["IncomingMail"]
    configuration.listeners["Inside"] = listener
    configuration.listeners["Inside"]?.interface = "Management"
    for (name, ipv6) in [("Six", "fd00::1/64"), ("Seven", "fd00::2/64")] {
      configuration.interfaces[name] = Interface(
        address: nil, ipv6: ipv6, ethernet: "Data 2", hostName: "six.example.com")
    }
    try configuration.verify()
  }
}
