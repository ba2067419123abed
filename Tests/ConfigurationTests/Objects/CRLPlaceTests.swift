import Configuration
import TestSupport
import Testing

@Suite struct CRLPlaceTests {
  @Test(arguments: [
    ("http://crl.example.com/ca.crl", "crl.example.com", 80, "/ca.crl"),
    ("HTTP://CRL.Example.com", "crl.example.com", 80, "/"),
    ("http://10.0.0.7:8080/a/b?c=d#e", "10.0.0.7", 8080, "/a/b?c=d"),
    ("http://crl.example.com?c=d", "crl.example.com", 80, "/?c=d"),
  ])
  func urlsAreRead(text: String, host: String, port: Int, path: String) throws {
    let place = try WebPlace(text)
    #expect(place.host == host && place.port == port && place.path == path)
    #expect(try CRLPlace(text) == .web(place))
    #expect(try WebPlace(place.description) == place)
  }

  @Test(arguments: [
    "https://crl.example.com/ca.crl", "ldap://crl.example.com/", "http://", "http:///ca.crl",
    "http://crl/ca.crl", "http://crl.example.com:0/", "http://crl.example.com:65536/",
    "http://crl.example.com:80:80/", "http://user@crl.example.com/", "http://[::1]/",
    "http://crl.example.com/a b", "http://crl.example.com/\u{1b}",
  ])
  func whatIsNoURLIsRefused(text: String) {
    #expect(throws: ConfigurationError.self) { try CRLPlace(text) }
  }

  @Test func otherTextsAreFiles() throws {
    #expect(try CRLPlace("ca.crl") == .file("ca.crl"))
    #expect(throws: ConfigurationError.self) { try CRLPlace("") }
    #expect(throws: ConfigurationError.self) { try CRLPlace("a\nb") }
  }

  @Test(
    arguments: [
      ("/other.crl", "http://crl.example.com:8080/other.crl"),
      ("http://other.example.com/x", "http://other.example.com/x"),
      ("https://other.example.com/x", nil), ("//other.example.com/x", nil), ("other.crl", nil),
      ("/a b", nil),
    ] as [(String, String?)])
  func redirectionsLeadOn(location: String, target: String?) throws {
    let place = try WebPlace("http://crl.example.com:8080/ca.crl")
    #expect(place.redirected(to: location)?.description == target)
  }

  @Test(arguments: [
    ("", "", 0, "lacks a place"), ("ca.crl", "", -1, "lacks a place"),
    ("https://crl.example.com/", "", 0, "names the impossible place"),
    ("ca.crl", "a\u{1b}b", 0, "names the impossible place \"a?b\""),
  ])
  func aLoadedSourceIsChecked(primary: String, secondary: String, minutes: Int, words: String)
    async throws
  {
    var configuration = try await Configuration.factory(pool: .shared)
    var source = CRLSource()
    source.primary = primary
    source.secondary = secondary
    source.updateInterval = minutes
    configuration.crlSources["lab"] = source
    let error = #expect(throws: ConfigurationError.self) { try configuration.verify() }
    #expect(error?.description.contains(words) == true)
  }
}
