import Configuration
import TestSupport
import Testing

@Suite("The file of destination controls")
struct DestinationFileTests {
  let factory: Configuration

  init() async throws { factory = try await .factory(pool: .shared) }

  private func importing(
    _ text: String, into start: Configuration? = nil, release: Release = .release14
  ) throws -> Configuration {
    var configuration = start ?? factory
    try configuration.importDestinations(Array(text.utf8), release: release)
    return configuration
  }

  @Test("holds the default with what is global, then the domains by name")
  func export() throws {
    var configuration = factory
    configuration.outbound.defaults.recipientLimit = 300
    var entry = Destination()
    entry.maxConnections = 20
    entry.tls = .requiredVerify
    entry.scope = LimitScope()
    entry.scope?.isPerExchanger = true
    configuration.destinations["partner.com"] = entry
    configuration.destinations[".example.org"] = Destination()
    let expected = """
      [DEFAULT]
      ip_sort_pref = PREFER_V6
      max_host_concurrency = 500
      max_messages_per_connection = 50
      recipient_minutes = 60
      recipient_limit = 300
      limit_type = host
      limit_apply = system
      bounce_validation = 0
      table_tls = off
      dane = none
      bounce_profile = Default
      send_tls_req_alert = 0
      certificate = Demo

      [.example.org]

      [partner.com]
      max_host_concurrency = 20
      limit_type = MXIP
      limit_apply = system
      table_tls = require_verify

      """
    #expect(configuration.destinationFile(release: .release14) == expected)
    #expect(
      configuration.destinationFile(release: .release11)
        == expected.replacing("dane = none\n", with: ""))
  }

  @Test("every value of an entry and of the default survives export and import")
  func roundTrip() async throws {
    let pool = try await CertificatePool.shared
    let full = try #require(try ObjectKind.destination.fabricated(pool: pool) as? Destination)
    var entry = full
    entry.maxConnections = 7
    entry.maxMessagesPerConnection = 8
    entry.recipientMinutes = 9
    entry.recipientLimit = 10
    entry.bounceProfile = "Default"
    #expect(unfilledProperties(of: entry, unlike: Destination()).isEmpty)
    var source = factory
    source.destinations["partner.com"] = entry
    source.outbound.alertsOnRequiredTLSFailure = true
    source.outbound.defaults = source.outbound.defaults.overridden(by: entry)
    source.certificates["mail"] = try pool.profile("mail")
    source.outbound.certificate = "mail"
    var target = factory
    target.certificates["mail"] = try pool.profile("mail")
    target = try importing(source.destinationFile(release: .release14), into: target)
    #expect(target.destinations["partner.com"] == entry)
    #expect(target.outbound == source.outbound)
  }

  @Test(
    "a level of TLS has its word and its digit, in any case",
    arguments: Array(OutboundTLS.allCases.enumerated()).map { ($0.offset, $0.element) })
  func levels(_ digit: Int, _ level: OutboundTLS) throws {
    for text in [level.rawValue, level.rawValue.uppercased(), "\(digit)"] {
      let read = try importing("[a.example]\ntable_tls = \(text)\n")
      #expect(read.destinations["a.example"]?.tls == level)
    }
  }

  @Test(
    "other parameters take words and digits too",
    arguments: [
      ("ip_sort_pref = require_v6", "ip_sort_pref = 1"), ("dane = MANDATORY", "dane = 2"),
      ("bounce_validation = on", "bounce_validation = 1"),
      ("bounce_validation = off", "bounce_validation = 0"),
      ("max_host_concurrency = 1\nlimit_type = mxip", "max_host_concurrency = 1\nlimit_type = 1"),
      ("recipient_limit = 5\nlimit_apply = vg", "recipient_limit = 5\nlimit_apply = 1"),
      ("TABLE_TLS = on", "table_tls: on ; a comment"),
    ])
  func spellings(_ words: String, _ digits: String) throws {
    let first = try importing("[a.example]\n\(words)\n").destinations["a.example"]
    let second = try importing("\u{FEFF}[A.example]\r\n# c\r\n\r\n \(digits)\r\n")
    #expect(first != Destination())
    #expect(first == second.destinations["a.example"])
  }

  @Test("what belongs together is set together")
  func completion() throws {
    let read = try importing(
      "[a.example]\nrecipient_limit = 5\n[b.example]\nrecipient_minutes = 5\nlimit_type = 1\n")
    #expect(read.destinations["a.example"]?.recipientMinutes == 60)
    #expect(read.destinations["a.example"]?.scope == LimitScope())
    #expect(read.destinations["b.example"] == Destination())
  }

  @Test("entries replace those there were; what the default does not say stays")
  func replacement() throws {
    var start = factory
    start.destinations["old.example"] = Destination()
    start.outbound.defaults.maxConnections = 7
    start.outbound.alertsOnRequiredTLSFailure = true
    let read = try importing(
      "[DEFAULT]\ntable_tls = on\nlimit_apply = VG\n[new.example]\n", into: start)
    #expect(read.destinations.names == ["new.example"])
    #expect(read.outbound.defaults.maxConnections == 7)
    #expect(read.outbound.defaults.tls == .preferred)
    #expect(read.outbound.defaults.scope.isPerGateway)
    #expect(read.outbound.alertsOnRequiredTLSFailure)
  }

  static let bad: [(text: String, sentence: String)] = [
    ("[a.example]\ntable_tls = 6", "line 2, \"table_tls\": \"6\" is none of off, on, required"),
    ("[a.example]\ntable_tls = 01", "line 2, \"table_tls\": \"01\" is none of"),
    ("\n\n[a.example]\n\nmax_host_concurrency = 10001", "line 5, \"max_host_concurrency\""),
    ("[a.example]\nrecipient_limit = -1", "\"-1\" is no integer from 0 to 1000000."),
    ("[a.example]\ncolour = blue", "line 2, \"colour\": \"colour\" is no parameter"),
    ("[a.example]\nsend_tls_req_alert = 1", "It stands in [DEFAULT] only."),
    ("[a]\n", "line 1, \"a\": A domain looks like"),
    ("[ALL]\n", "line 1, \"ALL\": A domain looks like"),
    ("[]\n", "line 1: \"[]\" is no section"),
    ("[a.example]\nb\u{1B}[2J = 1", "\"b?[2J\""),
    ("[default]\n[DEFAULT]", "line 2, \"DEFAULT\": The default stands there twice."),
    ("[a.example]\n[A.EXAMPLE]", "line 2, \"A.EXAMPLE\": The domain stands there twice."),
  ]

  @Test("nothing is imported of a file with one bad line, which is named", arguments: bad)
  func refusals(_ text: String, _ sentence: String) throws {
    var configuration = factory
    configuration.destinations["kept.example"] = Destination()
    let before = configuration
    let error = #expect(throws: ConfigurationError.self) {
      try configuration.importDestinations(
        Array((text + "\n[good.example]\n").utf8), release: .release14)
    }
    #expect(error?.description.contains(sentence) == true, "\(String(describing: error))")
    #expect(configuration == before)
  }

  @Test("release 11.0 does not know DANE")
  func dane() {
    #expect(throws: ConfigurationError.self) {
      try importing("[a.example]\ndane = 1\n", release: .release11)
    }
  }
}
