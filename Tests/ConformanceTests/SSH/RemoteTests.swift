import Foundation
import Synchronization
import TestSupport
import Testing

/// The SSH clients beside this file, each run against the built program; docs/conformance.md holds
/// their cases.
@Suite(.serialized) struct RemoteTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()

  static let scripts: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".py") && $0 != "remote.py" }.sorted()
  }()

  @Test("All cases of the script pass, and stand in docs/conformance.md", arguments: scripts)
  func script(_ name: String) async throws {
    let result = try await OutsideProgram.run(
      ["/usr/bin/python3", Self.folder.appending(path: name).path, esashBinary], with: [:],
      within: .seconds(240))
    #expect(result.status == 0, "\(name):\n\(result.output)")
    let cases = result.output.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("| ") }
    #expect(!cases.isEmpty)
    for line in cases { #expect(try Self.matrix().contains(String(line)), "\(line)") }
  }

  @Test("docs/conformance.md holds no case that no script has")
  func theMatrixIsNotLonger() throws {
    let scripts = try Self.scripts.map {
      try String(contentsOf: Self.folder.appending(path: $0), encoding: .utf8)
    }
    for row in try Self.matrix() {
      let what =
        row.split(separator: "|").last.map { $0.trimmingCharacters(in: .whitespaces) } ?? ""
      #expect(scripts.contains { $0.contains("\"\(what)\"") }, "\(row)")
    }
  }

  /// The table's rows.
  private static func matrix() throws -> [String] {
    let page = repositoryRoot.appending(path: "docs/conformance.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    return text.split(separator: "\n").map(String.init).filter { line in
      line.hasPrefix("| ") && line.dropFirst(2).first?.isNumber == true
    }
  }
}
