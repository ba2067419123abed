import Foundation
import Testing

/// What docs/security.md claims is shown by tests that there are.
@Suite struct SecurityPageTests {
  @Test func everyTestThatThePageNamesIsThere() throws {
    let root = ArchitectureTests.root
    let page = try String(
      contentsOf: root.appending(path: "docs/security.md"), encoding: .utf8)
    let named = page.matches(of: /`([A-Za-z]+Tests\/[\w\/.]+\.(?:swift|py))`/).map { "\($0.1)" }
    #expect(named.count > 40)
    for path in Set(named) {
      let file = root.appending(path: "Tests/\(path)")
      let text = try? String(contentsOf: file, encoding: .utf8)
      #expect(text?.contains(path.hasSuffix(".py") ? "assert" : "@Test") == true, "\(path)")
    }
  }

  /// Each row of a table of threats ends with what shows it.
  @Test func everyRowNamesATest() throws {
    let page = try String(
      contentsOf: ArchitectureTests.root.appending(path: "docs/security.md"), encoding: .utf8)
    let rows = page.split(separator: "\n").filter {
      $0.hasPrefix("| ") && !$0.hasSuffix("| shown by |")
    }
    #expect(rows.count > 15)
    for row in rows where !row.hasSuffix("| – |") {
      #expect(row.contains("Tests/"), "\(row)")
    }
  }
}
