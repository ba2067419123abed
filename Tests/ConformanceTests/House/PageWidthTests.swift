import Foundation
import TestSupport
import Testing

/// Pages can be read in a terminal.
@Suite struct PageWidthTests {
  private static var pages: [URL] {
    let files = FileManager.default.enumerator(
      at: repositoryRoot.appending(path: "docs"), includingPropertiesForKeys: nil)
    let docs = (files?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "md" }
    return docs + ["README.md", "Transcripts/README.md"].map { repositoryRoot.appending(path: $0) }
  }

  /// Tables, code and a link that stands alone may be wider.
  @Test func proseIsAtMostAHundredColumnsWide() throws {
    let pages = Self.pages
    #expect(pages.count > 40)
    for page in pages {
      var isFenced = false
      let lines = try String(contentsOf: page, encoding: .utf8)
        .split(separator: "\n", omittingEmptySubsequences: false)
      for (index, line) in lines.enumerated() {
        if line.hasPrefix("```") { isFenced.toggle() }
        let isFree =
          isFenced || line.hasPrefix("|") || line.hasPrefix("    ")
          || line.wholeMatch(of: /\s*(- )?\[[^\]]*\]\([^)]*\)[.,:;]?/) != nil
        #expect(
          isFree || line.count <= 100, "\(page.lastPathComponent):\(index + 1): \(line.count)")
      }
    }
  }
}
