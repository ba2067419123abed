import Foundation
import TestSupport
import Testing

/// The scripts of outside clients, each run against the built program.
@Suite(.serialized) struct OutsideTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Every script beside this file and in `Terminal`, but for what they share.
  static let scripts: [String] = ["Outside", "Terminal"].flatMap { name -> [String] in
    let place = folder.appendingPathComponent(name)
    let files = (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
    return files.filter { file in
      guard file.hasSuffix(".py"),
        let text = try? String(contentsOf: place.appendingPathComponent(file), encoding: .utf8)
      else { return false }
      return text.contains("\nwith ") || text.contains("__main__")
    }.sorted().map { "\(name)/\($0)" }
  }

  @Test("The script succeeds", arguments: scripts)
  func script(_ name: String) async throws {
    let result = try await OutsideProgram.run(
      ["/usr/bin/python3", Self.folder.appendingPathComponent(name).path, esashBinary],
      with: [:], within: .seconds(600))
    #expect(result.status == 0, "\(name):\n\(result.output)")
  }
}
