import ConfigurationStore
import Dialogue
import Foundation
import TestSupport
import Testing
import Transcripts

@testable import esash

/// Ctrl-C and empty Returns at every prompt of every transcript that needs no outside.
@Suite struct InterruptionTests {
  static let transcripts = Sessions.pureTranscripts

  @Test(
    "Ctrl-C at each question leaves pending as it was when the command began",
    arguments: transcripts)
  func interruption(_ path: String) async throws {
    let questions = try await Sessions.undisturbed(path).questions
    #expect(!questions.isEmpty)
    for number in questions {
      let probe = Probe(at: number, meddling: .interrupt)
      try await Sessions.replay(path, probe)
      #expect(probe.complaints == [], "at prompt \(number) of \(path)")
    }
  }

  @Test("From any menu at most five Returns reach the main prompt", arguments: transcripts)
  func returns(_ path: String) async throws {
    for number in try await Sessions.undisturbed(path).menus {
      let probe = Probe(at: number, meddling: .returns)
      try await Sessions.replay(path, probe)
      #expect(probe.complaints == [], "at prompt \(number) of \(path)")
    }
  }
}

/// Replays of the repository's transcripts with a probe in each session.
enum Sessions {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Transcripts")

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
