import Foundation
import Testing

/// What docs/reliability.md promises is shown by tests that there are.
@Suite struct ReliabilityPageTests {
  /// The tests and scripts that a line of the page names.
  private static func tests(in text: some StringProtocol) -> [String] {
    String(text).matches(of: /`([A-Za-z]+Tests\/[\w\/.]+\.(?:swift|py))`/).map { "\($0.1)" }
  }

  private static func page() throws -> String {
    try String(
      contentsOf: ArchitectureTests.root.appending(path: "docs/reliability.md"), encoding: .utf8)
  }

  @Test func everyTestThatThePageNamesIsThere() throws {
    let named = Set(Self.tests(in: try Self.page()))
    #expect(named.count > 40)
    for path in named {
      let file = ArchitectureTests.root.appending(path: "Tests/\(path)")
      let text = try? String(contentsOf: file, encoding: .utf8)
      #expect(text?.contains(path.hasSuffix(".py") ? "assert" : "@Test") == true, "\(path)")
    }
  }

  @Test func everyFaultHasATest() throws {
    let rows = try Self.page().split(separator: "\n").filter {
      $0.hasPrefix("| ") && !$0.hasSuffix("| shown by |")
    }
    #expect(rows.count > 35)
    for row in rows { #expect(!Self.tests(in: row).isEmpty, "\(row)") }
  }

  /// Each script that makes faults is there for a promise.
  @Test func everyScriptOfFaultsIsNamed() throws {
    let named = Set(Self.tests(in: try Self.page()))
    let folder = ArchitectureTests.root.appending(path: "Tests/ConformanceTests/Outside")
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path)
    where name.hasSuffix(".py") && name != "faults.py" {
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      guard text.contains("from faults import") else { continue }
      #expect(named.contains("ConformanceTests/Outside/\(name)"), "\(name)")
    }
  }
}
