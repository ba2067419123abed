/// What came of one transcript.
public struct ReplayResult: Equatable, Sendable {
  /// How it ended.
  public enum Outcome: Equatable, Sendable {
    /// All of it matched; `updated` when the file was rewritten for that.
    case matched(updated: Bool)
    /// The session showed something else, or an expectation did not hold.
    case mismatch(Mismatch)
    /// It could not be played; `FILE:LINE: sentence`.
    case couldNotRun(TranscriptError)
  }

  /// The file as the user named it.
  public var file: String
  /// How it ended.
  public var outcome: Outcome
  /// What the replay learned about the transcript, as far as it came.
  public var facts: ReplayFacts
  /// Wall-clock time.
  public var duration: Duration

  /// Makes a result.
  public init(file: String, outcome: Outcome, facts: ReplayFacts, duration: Duration) {
    self.file = file
    self.outcome = outcome
    self.facts = facts
    self.duration = duration
  }
}

/// What came of a whole replay.
public struct ReplayReport: Equatable, Sendable {
  /// One result a file, in the order of the files.
  public var results: [ReplayResult]

  /// Makes a report.
  public init(_ results: [ReplayResult]) {
    self.results = results
  }

  /// 0 when all matched, 1 after a mismatch, 2 when one could not run.
  public var exitStatus: Int32 {
    results.map { result in
      switch result.outcome {
      case .matched: 0
      case .mismatch: 1
      case .couldNotRun: 2
      }
    }.max() ?? 0
  }

  /// The report for a terminal: what went wrong with its difference, then one line of numbers.
  public var text: String {
    var lines: [String] = []
    var (matched, updated, prompts) = (0, 0, 0)
    for result in results {
      prompts += result.facts.prompts
      switch result.outcome {
      case .matched(let isUpdated):
        matched += 1
        if isUpdated {
          updated += 1
          lines.append("\(result.file): updated")
        }
      case .mismatch(let mismatch): lines.append(mismatch.description)
      case .couldNotRun(let error): lines.append("\(error) (could not run)")
      }
    }
    var numbers = "\(matched) of \(results.count) transcripts match, \(prompts) prompts"
    if updated > 0 { numbers += ", \(updated) updated" }
    return (lines + [numbers]).joined(separator: "\n") + "\n"
  }
}
