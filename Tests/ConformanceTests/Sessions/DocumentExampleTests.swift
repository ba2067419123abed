import Foundation
import TestSupport
import Testing
import Transcripts

@testable import esash

/// Every session in the documentation is what the program shows.
@Suite struct DocumentExampleTests {
  /// The blocks marked `transcript` in `docs/`, with the page and line that they stand at.
  static let examples: [(place: String, text: String)] = {
    let folder = repositoryRoot.appending(path: "docs")
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    let pages = (files?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "md" }
    return pages.sorted { $0.path < $1.path }.flatMap { page -> [(String, String)] in
      let text = (try? String(contentsOf: page, encoding: .utf8)) ?? ""
      var examples: [(String, String)] = []
      var block: [Substring]?
      for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
        .enumerated()
      {
        if line == "```transcript" {
          block = []
        } else if line == "```", let lines = block {
          let place = "\(page.lastPathComponent):\(number + 1 - lines.count)"
          examples.append((place, lines.joined(separator: "\n") + "\n"))
          block = nil
        } else {
          block?.append(line)
        }
      }
      return examples
    }
  }()

  @Test("There are examples")
  func some() { #expect(Self.examples.count >= 10) }

  @Test("The example is what the program shows", arguments: examples.map(\.place))
  func example(_ place: String) async throws {
    let text = try #require(Self.examples.first { $0.place == place }?.text)
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("esash-example-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("example.transcript")
    try Data(text.utf8).write(to: file)
    var options = Replayer.Options()
    options.allowShell = true
    let report = await Replayer(options: options) { try ReplayBench() }.replay([file.path])
    #expect(report.exitStatus == 0, "\(place):\n\(report.text)")
  }
}
