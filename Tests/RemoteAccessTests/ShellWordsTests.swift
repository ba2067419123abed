@testable import RemoteAccess
import Testing

@Suite struct ShellWordsTests {
  @Test(arguments: [
    ("scp -t /configuration/a.pem", ["scp", "-t", "/configuration/a.pem"]),
    ("  scp   -t\t'a b' ", ["scp", "-t", "a b"]), ("a\\ b", ["a b"]), ("\"a\\\"b\"", ["a\"b"]),
    ("'a\\b'", ["a\\b"]), ("''", [""]), ("a''b", ["ab"]), ("", []),
  ])
  func wordsArePartedAsByAShell(line: String, words: [String]) {
    #expect(ShellWords.split(line) == words)
  }

  @Test(arguments: ["'a", "\"a", "a\\"])
  func whatIsNeverClosedIsNoLine(line: String) {
    #expect(ShellWords.split(line) == nil)
  }
}
