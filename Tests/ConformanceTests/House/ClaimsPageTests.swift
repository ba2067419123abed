import Foundation
import TestSupport
import Testing

/// What docs/security.md and docs/reliability.md claim is shown by tests that there are.
@Suite struct ClaimsPageTests {
  /// The tests and scripts that a text names.
  private static func tests(in text: some StringProtocol) -> Set<String> {
    Set(
      String(text).matches(of: /`([A-Za-z]+Tests\/[\w\/.]+\.(?:swift|py))`/).map { "\($0.1)" })
  }

  private static func page(_ name: String) throws -> String {
    try String(contentsOf: repositoryRoot.appending(path: "docs/\(name).md"), encoding: .utf8)
  }

  @Test(arguments: ["security", "reliability"])
  func everyTestThatThePageNamesIsThere(_ name: String) throws {
    let named = Self.tests(in: try Self.page(name))
    #expect(named.count > 30)
    for path in named {
      let file = repositoryRoot.appending(path: "Tests/\(path)")
      let text = try? String(contentsOf: file, encoding: .utf8)
      #expect(text?.contains(path.hasSuffix(".py") ? "assert" : "@Test") == true, "\(path)")
    }
  }

  /// Each row of a table of threats or faults ends with what shows it; of threats some are only
  /// known.
  @Test(arguments: [("security", 15), ("reliability", 35)])
  func everyRowNamesATest(_ name: String, _ fewest: Int) throws {
    let rows = try Self.page(name).split(separator: "\n").filter {
      $0.hasPrefix("| ") && !$0.hasSuffix("| shown by |")
    }
    #expect(rows.count > fewest)
    for row in rows where !(name == "security" && row.hasSuffix("| – |")) {
      #expect(!Self.tests(in: row).isEmpty, "\(row)")
    }
  }

  /// Each script that makes faults is there for a promise.
  @Test func everyScriptOfFaultsIsNamed() throws {
    let named = Self.tests(in: try Self.page("reliability"))
    let folder = repositoryRoot.appending(path: "Tests/ConformanceTests/Outside")
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path)
    where name.hasSuffix(".py") && name != "faults.py" {
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      guard text.contains("from faults import") else { continue }
      #expect(named.contains("ConformanceTests/Outside/\(name)"), "\(name)")
    }
  }
}
