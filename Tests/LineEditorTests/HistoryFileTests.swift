import Glibc
import Testing

@testable import LineEditor

@Suite("History file")
struct HistoryFileTests {
  private let directory: TemporaryDirectory
  private let file: HistoryFile

  init() throws {
    directory = try TemporaryDirectory()
    file = HistoryFile(path: directory.path + "/history")
  }

  @Test("keeps lines in order, for its owner alone")
  func order() throws {
    #expect(file.lines() == [])
    for line in ["version", "commit \"é\"", "exit"] { #expect(file.append(line)) }
    #expect(HistoryFile(path: file.path).lines() == ["version", "commit \"é\"", "exit"])
    var status = stat()
    try #require(stat(file.path, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o600)
  }

  @Test("drops a line that repeats the one before, and only that one")
  func duplicates() {
    for line in ["a", "a", "b", "a"] { file.append(line) }
    #expect(file.lines() == ["a", "b", "a"])
  }

  @Test("keeps the newest thousand")
  func limit() {
    for number in 0..<1010 { file.append("line \(number)") }
    #expect(file.lines().count == 1000)
    #expect(file.lines().first == "line 10")
    #expect(file.lines().last == "line 1009")
  }

  @Test("leaves out what is empty or longer than a command")
  func unsuitable() {
    file.append("")
    file.append(String(repeating: "x", count: 5000))
    #expect(file.lines() == [])
  }

  @Test("several shells at once lose nothing")
  func severalShells() async {
    await withTaskGroup(of: Void.self) { group in
      for shell in 0..<8 {
        group.addTask { [path = file.path] in
          let file = HistoryFile(path: path)
          for number in 0..<50 { #expect(file.append("shell \(shell) line \(number)")) }
        }
      }
    }
    let lines = file.lines()
    #expect(Set(lines).count == 400)
    for shell in 0..<8 {
      let own = lines.filter { $0.hasPrefix("shell \(shell) ") }
      #expect(own == (0..<50).map { "shell \(shell) line \($0)" })
    }
  }

  @Test("says so when it cannot be written")
  func unwritable() {
    #expect(!HistoryFile(path: directory.path + "/missing/history").append("version"))
  }
}
