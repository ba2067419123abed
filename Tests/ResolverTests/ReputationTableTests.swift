import Addresses
import Resolver
import Testing

@Suite struct ReputationTableTests {
  @Test(arguments: [
    ("10.0.0.1", "2.7"), ("10.0.0.2", "-4.0"), ("203.0.113.9", "-10.0"), ("203.0.114.9", "5.0"),
    ("8.8.8.8", nil),
  ])
  func narrowestEntryDecides(address: String, expected: String?) throws {
    let table = try ReputationTable(
      """
      # scores of the lab
      10.0.0.0/24    -4
      10.0.0.1\t2.7   ; a friend
      10.0.0.1 9.9
      203.0.112.0/20 5.0

      203.0.113.0/24 -10.0
      """)
    let score = table.score(of: try #require(IPv4Address(address)))
    #expect(score?.description == expected)
  }

  @Test(arguments: [
    "10.0.0.1", "10.0.0.1 11", "10.0.0.1 1.25", "host 1", "10.0.0.1 1 2", "10.0.0.1 --1",
  ])
  func errorsNameTheLine(line: String) {
    #expect {
      try ReputationTable("10.0.0.9 1\n" + line)
    } throws: { ($0 as? ReputationTableError)?.line == 2 }
  }

  @Test(arguments: [
    ("-0.5", "-0.5"), ("10", "10.0"), ("-10.0", "-10.0"), ("+3.1", "3.1"), ("0", "0.0"),
  ])
  func scoresAreShownWithOneDecimal(text: String, expected: String) {
    #expect(ReputationScore(text)?.description == expected)
  }

  @Test(arguments: ["10.1", "-10.1", "", ".", "1.", "1.2.3", "x", "-", "+-1"])
  func scoreIsRefused(text: String) {
    #expect(ReputationScore(text) == nil)
  }
}
