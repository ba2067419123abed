import Foundation
import TestSupport
import Testing

/// docs/newcomers.md leads to files that there are, and shows them as they are.
@Suite struct NewcomersPageTests {
  private static func text(_ path: String) throws -> String {
    try String(contentsOf: repositoryRoot.appending(path: path), encoding: .utf8)
  }

  /// A line that ends with "In `FILE`:" is followed by a piece of that file, indented.
  @Test func piecesOfFilesStandInThem() throws {
    let lines = try Self.text("docs/newcomers.md").split(
      separator: "\n", omittingEmptySubsequences: false)
    var compared = 0
    for (number, line) in lines.enumerated() {
      guard let file = line.firstMatch(of: /In `([^`]+)`:$/)?.1 else { continue }
      let piece = lines[(number + 2)...].prefix { $0.isEmpty || $0.hasPrefix("    ") }
        .map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: "\n")
        .trimmingCharacters(in: .newlines)
      let content = try Self.text(String(file)).split(
        separator: "\n", omittingEmptySubsequences: false
      ).map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: "\n")
      #expect(!piece.isEmpty && content.contains(piece), "\(file): \(piece)")
      compared += 1
    }
    #expect(compared == 4)
  }

  @Test func placesThatItNamesAreThere() throws {
    let places = try Self.text("docs/newcomers.md")
      .matches(of: /`((?:Sources|Tests|Transcripts|scripts)\/[\w.\/-]+)`/).map { String($0.1) }
      .filter { !$0.contains("NAME") }
    #expect(places.count > 10)
    for place in places {
      let path = repositoryRoot.appending(path: place).path
      #expect(FileManager.default.fileExists(atPath: path), "\(place)")
    }
  }
}
