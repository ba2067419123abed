import Foundation
import Transcripts

extension FuzzTarget {
  /// The text of a transcript, its header included.
  ///
  /// What was read is written as a text that is read alike, and what is said about it names a line
  /// that there is.
  static let transcript = FuzzTarget("transcript") { bytes in
    let lines = bytes.count { $0 == 10 } + 1
    do {
      let transcript = try Transcript(data: Data(bytes), file: "session/any.transcript")
      let again = try Transcript(transcript.text, file: transcript.file)
      try require(again == transcript, "a transcript is read as it is written", transcript.text)
      for finding in Lint().findings(in: transcript) {
        try require(
          (1...lines).contains(finding.line), "a finding names a line", "\(finding) of \(lines)")
      }
    } catch let error as TranscriptError {
      try require(
        (1...lines).contains(error.line ?? 1), "an error names a line", "\(error) of \(lines)")
    }
  }
}
