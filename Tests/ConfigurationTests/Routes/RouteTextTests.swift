import Configuration
import Testing

@Suite struct RouteTextTests {
  @Test(arguments: [
    ("10.0.0.1", "10.0.0.1"), ("10.0.0.1:25", "10.0.0.1"), ("10.0.0.1:26", "10.0.0.1:26"),
    ("Mx.Example.COM/PRI=10", "mx.example.com/pri=10"),
    ("[MX.example.com]:2525/pri=0", "[mx.example.com]:2525"), ("usedns", "USEDNS"),
    ("10.0.0.1 , mx.example.com:26/pri=65535", "10.0.0.1, mx.example.com:26/pri=65535"),
  ])
  func hostsAreReadAndShown(text: String, expected: String) throws {
    let route = try Route(text)
    #expect(route.text == expected)
    #expect(try Route(route.text) == route)
  }

  @Test(arguments: [
    ("", "missing"), ("10.0.0.1,", "missing"), ("10.0.0.1:0", "port"), ("10.0.0.1:", "port"),
    ("10.0.0.1:65536", "port"), ("10.0.0.1/pri=", "priority"), ("10.0.0.1/pri=-1", "priority"),
    ("10.0.0.1/pri=65536", "priority"), ("10.0.0.1/priority=1", "neither"),
    ("host", "neither"), ("USEDNS,10.0.0.1", "alone"), ("USEDNS:26", "neither port"),
    ("USEDNS/pri=1", "neither port"), ("2001:db8::1", "IPv6"), ("[2001:db8::1]:26", "IPv6"),
    ("/dev/null", "thrown away"),
  ])
  func theRefusalSaysWhy(text: String, word: String) {
    #expect {
      try Route(text)
    } throws: { "\($0)".contains(word) }
  }

  @Test func aRouteHasAtMostFiftyHosts() throws {
    let hosts = (1...50).map { "10.0.0.\($0)" }.joined(separator: ",")
    #expect(try Route(hosts).hosts.count == 50)
    #expect(throws: ConfigurationError.self) { try Route(hosts + ",10.0.0.51") }
  }

  @Test(arguments: [
    ("Example.com", "example.com"), (".example.com", ".example.com"), (".com", ".com"),
    ("all", "ALL"), ("All", "ALL"), ("com", nil), ("", nil), (".", nil), ("a..b", nil),
    ("[10.0.0.1]", nil), ("10.0.0.1", nil), ("example.com.", nil),
  ])
  func domainIsRead(text: String, expected: String?) {
    #expect((try? RouteDomain(text))?.text == expected)
  }

  @Test(arguments: [
    ("a.b.example.com", ".b.example.com"), ("B.Example.com", "b.example.com"),
    ("example.com", ".com"), ("x.com", ".com"), ("com", "ALL"), ("test", "ALL"),
  ])
  func theNearestRouteMatches(domain: String, expected: String) throws {
    var configuration = Configuration()
    for name in [".b.example.com", "b.example.com", ".com", "ALL"] {
      configuration.routes[name] = Route(hosts: [.init(host: name)])
    }
    #expect(configuration.routes.route(for: domain)?.hosts.map(\.host) == [expected])
  }

  @Test func withoutAMatchThereIsNoRoute() {
    #expect(Configuration().routes.route(for: "example.com") == nil)
  }
}
