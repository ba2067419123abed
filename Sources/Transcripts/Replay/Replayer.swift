/// Plays transcripts, each on a bench of its own.
public struct Replayer: Sendable {
  /// What the command line of a replay says.
  public struct Options: Sendable {
    /// Whether a file that differs is rewritten to tell what the session shows.
    public var update = false
    /// Whether this is a CI run, where nothing is rewritten.
    public var isCI = false
    /// Whether `%sh` may run commands.
    public var allowShell = false
    /// How many files are played side by side.
    public var jobs = 1
    /// How long a session may be silent before the replay gives up.
    public var patience: Duration = .seconds(120)

    /// Plays one file after the other and changes none.
    public init() {}
  }

  private let options: Options
  private let makeBench: @Sendable () async throws -> any Bench

  /// Makes a replayer.
  ///
  /// - Parameter makeBench: makes the world of one replay; called once for each file.
  public init(
    options: Options = Options(), makeBench: @escaping @Sendable () async throws -> any Bench
  ) {
    self.options = options
    self.makeBench = makeBench
  }

  /// Plays files, and all `.transcript` files in folders, in the order of their names.
  ///
  /// When the task is cancelled, what is played ends at once; each bench is closed as ever.
  ///
  /// - Parameter paths: as the user gave them; results show them so.
  @concurrent
  public func replay(_ paths: [String]) async -> ReplayReport {
    let files = paths.flatMap { TranscriptFiles.expand($0) }
    return await withTaskGroup(of: (Int, ReplayResult).self) { group in
      var results: [Int: ReplayResult] = [:]
      var waiting = files.enumerated().makeIterator()
      func startNext() {
        guard let (index, file) = waiting.next() else { return }
        _ = group.addTaskUnlessCancelled { (index, await self.result(file)) }
      }
      for _ in 0..<max(1, options.jobs) { startNext() }
      for await (index, result) in group {
        results[index] = result
        startNext()
      }
      return ReplayReport(files.indices.compactMap { results[$0] })
    }
  }

  private func result(_ file: TranscriptFiles.Found) async -> ReplayResult {
    let clock = ContinuousClock()
    let start = clock.now
    var facts = ReplayFacts()
    var outcome: ReplayResult.Outcome
    do {
      outcome = .matched(updated: try await play(file, facts: &facts))
    } catch let mismatch as Mismatch {
      outcome = .mismatch(mismatch)
    } catch let error as TranscriptError {
      outcome = .couldNotRun(error)
    } catch {
      outcome = .couldNotRun(TranscriptError(file: file.name, "\(error)"))
    }
    return ReplayResult(
      file: file.name, outcome: outcome, facts: facts, duration: clock.now - start)
  }

  private func play(_ file: TranscriptFiles.Found, facts: inout ReplayFacts) async throws -> Bool {
    if let complaint = file.complaint { throw TranscriptError(file: file.name, complaint) }
    if options.update, options.isCI {
      throw TranscriptError(file: file.name, "--update refuses to rewrite transcripts under CI.")
    }
    let chain = try TranscriptFiles.chain(to: file)
    let bench = try await makeBench()
    do {
      let updated = try await play(chain, on: bench, facts: &facts)
      await uncancelled { await bench.close() }
      return updated
    } catch {
      await uncancelled { await bench.close() }
      throw error
    }
  }

  private func play(
    _ chain: [TranscriptFiles.Loaded], on bench: any Bench, facts: inout ReplayFacts
  ) async throws -> Bool {
    for (index, link) in chain.enumerated() {
      let header = link.transcript.header
      do {
        if index == 0 {
          try await bench.prepare(header, folder: link.folder)
        } else {
          try await bench.proceed(header, folder: link.folder)
        }
      } catch {
        throw TranscriptError(file: link.transcript.file, "\(error)")
      }
      let isTarget = index == chain.count - 1
      var options = options
      options.update = options.update && isTarget
      var stage = Stage(link, bench: bench, options: options)
      do {
        try await stage.play()
      } catch let mismatch as Mismatch where !isTarget {
        let target = chain[chain.count - 1].transcript.file
        throw TranscriptError(
          file: target, "It starts from a transcript that does not match: \(mismatch)")
      } catch {
        if isTarget { facts = stage.matcher.facts }
        throw error
      }
      if isTarget {
        facts = stage.matcher.facts
        return try link.rewrite(with: stage.matcher.lines)
      }
    }
    return false
  }
}

/// Does what must be done to its end, also for a task that is cancelled.
func uncancelled<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async -> Value {
  await Task { await work() }.value
}
