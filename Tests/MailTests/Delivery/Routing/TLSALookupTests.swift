import Configuration
import Resolver
import Testing

@testable import Mail

@Suite struct TLSALookupTests {
  /// What is found for a mail domain's first host, as a word that a table can hold.
  private func found(_ zone: String, silent: Set<String> = []) async throws -> String {
    let world = try RoutingWorld(zone: zone, silent: silent)
    let route = try await world.route(to: "d.example")
    let host = try #require(route.hosts.first)
    switch await world.tlsa(for: host, security: route.security) {
    case .none: return "none"
    case .secure(let base, let records): return "\(base) \(records.count)"
    case .failed(let text): return text
    }
  }

  private static let host = """
    d.example. MX 10 mx.d.example. ; dnssec=secure
    mx.d.example. A 10.0.0.1 ; dnssec=secure

    """
  private static let alias = """
    d.example. MX 10 mx.d.example. ; dnssec=secure
    mx.d.example. CNAME real.example. ; dnssec=secure
    real.example. A 10.0.0.1 ; dnssec=secure

    """
  private static let leavingAlias = """
    d.example. MX 10 mx.d.example. ; dnssec=secure
    mx.d.example. CNAME real.example. ; dnssec=secure
    real.example. A 10.0.0.1

    """
  private static let own = "_25._tcp.mx.d.example. TLSA 3 1 1 00 ; dnssec="
  private static let real = "_25._tcp.real.example. TLSA 2 0 1 00 ; dnssec="

  @Test(arguments: [
    ("no record", host, "none"),
    ("a secure record", host + own + "secure", "mx.d.example 1"),
    ("two", host + own + "secure\n" + own.replacing("00", with: "01") + "secure", "mx.d.example 2"),
    ("an insecure record", host + own + "insecure", "none"),
    (
      "a bogus record", host + own + "bogus",
      "the TLSA records of _25._tcp.mx.d.example are bogus"
    ),
    (
      "an insecure MX",
      host.replacing("mx.d.example. ; dnssec=secure", with: "mx.d.example.")
        + own + "secure", "none"
    ),
    (
      "an insecure address",
      host.replacing("10.0.0.1 ; dnssec=secure", with: "10.0.0.1")
        + own + "secure", "none"
    ),
    ("the alias's target first", alias + own + "secure\n" + real + "secure", "real.example 1"),
    ("the alias itself second", alias + own + "secure", "mx.d.example 1"),
    ("the target's insecure", alias + own + "secure\n" + real + "insecure", "mx.d.example 1"),
    (
      "the target's bogus", alias + own + "secure\n" + real + "bogus",
      "the TLSA records of _25._tcp.real.example are bogus"
    ),
    (
      "a secure alias that leads out", leavingAlias + own + "secure\n" + real + "secure",
      "mx.d.example 1"
    ),
    (
      "an insecure alias",
      leavingAlias.replacing("real.example. ; dnssec=secure", with: "real.example.")
        + own + "secure", "none"
    ),
    (
      "no MX",
      "d.example. A 10.0.0.1 ; dnssec=secure\n_25._tcp.d.example. TLSA 3 1 1 00 ; dnssec=secure",
      "d.example 1"
    ),
    (
      "a record that is an alias",
      host
        + "_25._tcp.mx.d.example. CNAME k.example. ; dnssec=secure\nk.example. TLSA 3 1 1 00 ; dnssec=secure",
      "mx.d.example 1"
    ),
    (
      "a record behind an insecure alias",
      host
        + "_25._tcp.mx.d.example. CNAME k.example.\nk.example. TLSA 3 1 1 00 ; dnssec=secure",
      "none"
    ),
  ])
  func recordsCountWhereTheWayIsSecure(what: String, zone: String, expected: String) async throws {
    #expect(try await found(zone) == expected, "\(what)")
  }

  @Test func aSilentServerIsAFailure() async throws {
    let question = "_25._tcp.mx.d.example TLSA"
    #expect(
      try await found(TLSALookupTests.host, silent: [question])
        == "the TLSA records of _25._tcp.mx.d.example cannot be had: Nobody answers.")
  }
}
