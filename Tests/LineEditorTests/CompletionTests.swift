import Testing

@testable import LineEditor

@Suite("Tab")
struct CompletionTests {
  static let commands = [
    "certconfig", "clear", "commit", "commitdetail", "help", "help certconfig", "help clear",
    "tail", "tail mail_logs", "tail system_logs", "version",
  ]

  @Test(
    "completes a command line",
    arguments: [
      ("ver", Completion.replace(deleting: 3, inserting: "version ")),
      ("VER", .replace(deleting: 3, inserting: "version ")),
      ("comm", .list(["commit", "commitdetail"], deleting: 4, inserting: "commit")),
      ("commit", .list(["commit", "commitdetail"], deleting: 6, inserting: "commit")),
      ("commitd", .replace(deleting: 7, inserting: "commitdetail ")),
      ("xyz", .none),
      ("help cert", .replace(deleting: 4, inserting: "certconfig ")),
      ("  ver", .replace(deleting: 3, inserting: "version ")),
      ("version; cl", .replace(deleting: 2, inserting: "clear ")),
      ("version;cl", .replace(deleting: 2, inserting: "clear ")),
      ("ta", .replace(deleting: 2, inserting: "tail ")),
      ("tail m", .replace(deleting: 1, inserting: "mail_logs ")),
      ("TAIL  M", .replace(deleting: 1, inserting: "mail_logs ")),
      ("tail ", .list(["mail_logs", "system_logs"], deleting: 0, inserting: "")),
      // A command's argument is no command.
      ("tail ver", .none),
      ("version x", .none),
    ])
  func commandLine(text: String, expected: Completion) {
    #expect(Completion(commandLine: text, from: Self.commands) == expected)
  }

  @Test(
    "completes an answer as a whole and adds no blank",
    arguments: [
      ("certi", Completion.replace(deleting: 5, inserting: "CERTIFICATE")),
      ("cert", .list(["CERTAUTHORITY", "CERTIFICATE"], deleting: 4, inserting: "cert")),
      ("c", .list(["CERTAUTHORITY", "CERTIFICATE", "CRL"], deleting: 1, inserting: "c")),
      ("my p", .replace(deleting: 4, inserting: "My profile")),
      ("new cert", .none),
      (
        "",
        .list(["CERTAUTHORITY", "CERTIFICATE", "CRL", "My profile"], deleting: 0, inserting: "")
      ),
    ])
  func answer(text: String, expected: Completion) {
    let words = ["CERTIFICATE", "CERTAUTHORITY", "CRL", "My profile"]
    #expect(Completion(answer: text, from: words) == expected)
  }

  @Test("takes a word that is offered twice for one")
  func duplicates() {
    #expect(
      Completion(answer: "d", from: ["Demo", "Demo"]) == .replace(deleting: 1, inserting: "Demo"))
  }
}

@Suite("Columns")
struct ColumnsTests {
  @Test("words run downwards, and no line is as wide as the window")
  func columns() {
    #expect(inColumns(["a", "b", "c", "d", "e"], width: 10) == "a  c  e\nb  d\n")
    #expect(inColumns(["long-word", "x"], width: 5) == "long-word\nx\n")
    #expect(inColumns([], width: 80) == "")
  }

  @Test(
    "a prompt is parted where the window ends",
    arguments: [
      ("abc> ", 80, "", "abc> "),
      ("0123456789", 10, "", "0123456789"),
      ("0123456789> ", 10, "0123456789", "> "),
      ("01234567890123456789> ", 10, "01234567890123456789", "> "),
      ("question\n[]> ", 80, "question\n", "[]> "),
      ("", 80, "", ""),
    ])
  func lastRows(text: String, columns: Int, above: String, last: String) {
    #expect(lastRow(of: text, columns: columns) == (above, last))
  }
}
