import Foundation
import Testing
import Transcripts

/// A folder of its own for a test, gone after it.
final class Folder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "transcripts-\(UUID())")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  @discardableResult
  func write(_ text: String, _ name: String) throws -> String {
    let file = url.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return file.path
  }

  func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: url.appending(path: name)), as: UTF8.self)
  }

  /// What a replay says, with file names instead of paths.
  func replay(
    _ name: String, world: ToyWorld = ToyWorld(), options: Replayer.Options = .init()
  ) async -> ReplayResult {
    let report = await Replayer(options: options) { ToyBench(world: world) }
      .replay([url.appending(path: name).path])
    return report.results[0]
  }
}

/// Plays one transcript against the toy shell.
func replay(
  _ text: String, world: ToyWorld = ToyWorld(), options: Replayer.Options = .init()
) async throws -> ReplayResult {
  let folder = try Folder()
  try folder.write(text, "t.transcript")
  return await folder.replay("t.transcript", world: world, options: options)
}

/// Rewrites one transcript to what the toy shell shows.
func update(_ text: String) async throws -> (text: String, result: ReplayResult) {
  let folder = try Folder()
  try folder.write(text, "t.transcript")
  var options = Replayer.Options()
  options.update = true
  let result = await folder.replay("t.transcript", options: options)
  return (try folder.read("t.transcript"), result)
}

extension ReplayResult {
  var isMatch: Bool {
    if case .matched = outcome { true } else { false }
  }

  var mismatch: Mismatch? {
    if case .mismatch(let mismatch) = outcome { mismatch } else { nil }
  }

  var trouble: TranscriptError? {
    if case .couldNotRun(let error) = outcome { error } else { nil }
  }

  /// What went wrong, for a test's message.
  var report: Comment { Comment(rawValue: ReplayReport([self]).text) }
}

func parse(_ text: String) throws -> Transcript {
  try Transcript(text, file: "t")
}

/// The place and the sentence with which a text is refused.
func refusal(_ text: String) -> String? {
  do {
    _ = try Transcript(text, file: "t")
    return nil
  } catch {
    return error.description
  }
}
