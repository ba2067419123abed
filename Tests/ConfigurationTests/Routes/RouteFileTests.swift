import Configuration
import TestSupport
import Testing

@Suite struct RouteFileTests {
  @Test func whatIsExportedIsImportedAgain() throws {
    var configuration = Configuration()
    try configuration.importRoutes(
      Array(
        """
        # a comment
        Example.com\t10.0.0.1:26/pri=5, mx.example.com

        .example.com   USEDNS
        ALL [relay.example.com]
        """.utf8))
    let expected = """
      .example.com USEDNS
      ALL [relay.example.com]
      example.com 10.0.0.1:26/pri=5, mx.example.com

      """
    #expect(configuration.routeFile == expected)
    var again = Configuration()
    try again.importRoutes(Array(expected.utf8))
    #expect(again == configuration)
  }

  @Test(arguments: [
    ("a.example", 1), ("a.example 10.0.0.1\r\nb.example 10.0.0", 2), ("\n\ncom 10.0.0.1", 3),
    ("a.example 10.0.0.1\nA.EXAMPLE 10.0.0.2", 2), ("a.example 10.0.0.1,,10.0.0.2", 1),
    ("a.example \u{FF}", 1),
  ])
  func aBadLineIsNamedAndNothingChanges(text: String, line: Int) throws {
    var configuration = Configuration()
    configuration.routes["kept.example"] = Route(hosts: [.init(host: "10.0.0.9")])
    let before = configuration
    #expect {
      try configuration.importRoutes(Array(text.utf8))
    } throws: { "\($0)".hasPrefix("line \(line): ") }
    #expect(configuration == before)
  }
}
