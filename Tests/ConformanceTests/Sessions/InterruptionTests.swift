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
