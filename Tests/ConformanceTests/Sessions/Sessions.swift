import ConfigurationStore
import Dialogue
import Foundation
import TestSupport
import Testing
import Transcripts

@testable import esash

/// Replays of the repository's transcripts with a probe in each session.
enum Sessions {
  static let folder = repositoryRoot.appending(path: "Transcripts")

  /// All transcripts without an engine and without commands of the machine.
  static let pureTranscripts: [String] = {
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (files?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "transcript" }
      .filter { file in
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return false }
        return !text.contains("engine: true") && !text.contains("\n%sh")
      }.map(\.path).sorted()
  }()

  /// Replays a transcript as it stands and tells of its prompts.
  static func undisturbed(_ path: String) async throws -> Probe {
    let probe = Probe(at: -1, meddling: .interrupt)
    let report = try await replay(path, probe)
    try #require(report.exitStatus == 0, "\(report.text)")
    return probe
  }

  @discardableResult
  static func replay(_ path: String, _ probe: Probe) async throws -> ReplayReport {
    let pool = try await CertificatePool.shared
    return await Replayer {
      try ReplayBench { calendar in
        Environment(calendar: calendar, generateKey: { pool.key($0) })
      } wrapping: { terminal, session in
        ProbedTerminal(terminal, session: session, probe: probe)
      }
    }.replay([path])
  }
}
