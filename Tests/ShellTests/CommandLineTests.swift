import Testing

@testable import Shell

@Suite struct CommandLineTests {
  @Test(
    "Blanks part words, semicolons part commands, quotes keep both together",
    arguments: [
      ("", []),
      ("  ;; ; ", []),
      ("version", [["version"]]),
      (" commit  x ", [["commit", "x"]]),
      ("a; b c ;d", [["a"], ["b", "c"], ["d"]]),
      ("commit \"new cert; really\"; exit", [["commit", "new cert; really"], ["exit"]]),
      ("commit 'it is \"so\"'", [["commit", "it is \"so\""]]),
      ("commit \"\"", [["commit", ""]]),
      ("commit \"say \\\"hi\\\" \\\\ there\"", [["commit", "say \"hi\" \\ there"]]),
      ("commit \"a\\nb\"", [["commit", "a\\nb"]]),
      ("a\"b c\"d", [["ab cd"]]),
      ("say \"\u{301}a b\"", [["say", "\u{301}a b"]]),
      ("grep \\d+ x", [["grep", "\\d+", "x"]]),
      ("clustermode cluster; version;", [["clustermode", "cluster"], ["version"]]),
    ])
  func commands(_ line: String, _ commands: [[String]]) throws {
    let parsed = try CommandLine(line)
    #expect(parsed.commands == commands)
  }

  @Test("A quote that is never closed is refused", arguments: ["\"", "commit 'x", "a \"b\\\""])
  func unbalanced(_ line: String) {
    #expect(throws: CommandLine.UnbalancedQuotes()) { _ = try CommandLine(line) }
  }
}
