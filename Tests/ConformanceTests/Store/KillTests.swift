import Configuration
import ConfigurationStore
import Foundation
import Testing
import TestSupport

/// What `kill -9` leaves. (That the disk has it too is `SyncTests`' question.)
@Suite("An esash that is killed")
struct KillTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  @Test(
    "between commits or in one: what it acknowledged is there, and at most one commit more",
    .timeLimit(.minutes(5)))
  func inCommits() async throws {
    let place = directory.path("appliance")
    var known = try await Appliance(at: place).store.committed()
    var tally = Tally()
    let start = ContinuousClock.now
    while tally.rounds < 300, tally.rounds < 20 || ContinuousClock.now - start < .seconds(40) {
      tally.rounds += 1
      // Typed ahead or not: a command's words leave the process before the next one runs.
      let isTypedAhead = tally.rounds % 8 > 4
      let stream = CommitStream(round: tally.rounds, at: place)
      let acknowledged = try await stream.run(isTypedAhead: isTypedAhead)

      let store = try await Appliance(at: place).store
      let committed = try await store.committed()
      let made = committed.version - known.version
      let history = try await store.history(limit: made).reversed()
      #expect(made >= acknowledged, "round \(tally.rounds)")
      #expect(made <= acknowledged + 1, "round \(tally.rounds)")
      #expect(history.map(\.comment) == (0..<made).map(stream.comment))
      #expect(history.map(\.number) == (0..<made).map { known.version + 1 + $0 })
      let hostName =
        made == 0 ? known.configuration.system.hostName : stream.hostName(made - 1)
      #expect(committed.configuration.system.hostName == hostName)
      known = committed
      tally.commits += made
      tally.roundsWithCommits += acknowledged > 0 ? 1 : 0
      tally.unacknowledged += made - acknowledged
    }
    print("Killed: \(tally) in \(ContinuousClock.now - start)")
    #expect(tally.roundsWithCommits >= tally.rounds / 2)
    #expect(tally.rounds >= 20)
  }

  @Test("in its very first start: the next one finds a whole appliance or makes it")
  func inCreation() async throws {
    let start = ContinuousClock.now
    var unfinished = 0
    for round in 0..<40 where round < 5 || ContinuousClock.now - start < .seconds(15) {
      let place = directory.path("\(round)")
      let process = try EsashProcess(["shell", "--appliance", place], input: "")
      // The first is killed at once, so that one is certain not to get far.
      if round > 0 { try await Task.sleep(for: .microseconds(Int.random(in: 0...300_000))) }
      process.kill()
      try await process.wait()
      unfinished += process.output.isEmpty ? 1 : 0
      let appliance = try await Appliance(at: place, environment: .test())
      let history = try await appliance.store.history()
      #expect(history.map(\.comment) == ["Factory default"])
      let configuration = try await appliance.store.committed().configuration
      try configuration.verify()
      #expect(configuration.certificates.names == ["Demo"])
      #expect(FileManager.default.fileExists(atPath: "\(appliance.networkFolder)/zone"))
      #expect(appliance.serialNumber.count == 33)
    }
    #expect(unfinished > 0)
  }

  @Test("with changes that are not committed: they are gone, and nothing else is")
  func withPendingChanges() async throws {
    let place = directory.path("appliance")
    let process = try EsashProcess(["shell", "--appliance", place])
    try await process.waitFor("mail.example.com> ")
    try process.type("sethostname a.example.com")
    try await process.waitFor("mail.example.com> ")
    process.kill()
    try await process.wait()
    let store = try await Appliance(at: place).store
    #expect(try await store.history().count == 1)
    #expect(try await store.committed().configuration.system.hostName == "mail.example.com")
  }
}

/// What the rounds came to.
private struct Tally {
  var rounds = 0
  var roundsWithCommits = 0
  var commits = 0
  var unacknowledged = 0
}

/// One process that commits one host name after the other until it is killed.
private struct CommitStream {
  let round: Int
  let place: String

  init(round: Int, at place: String) {
    self.round = round
    self.place = place
  }

  func comment(_ number: Int) -> String { "\(round)/\(number)" }
  func hostName(_ number: Int) -> String { "n\(round)-\(number).example.com" }

  private func lines(_ number: Int) -> String {
    "sethostname \(hostName(number))\ncommit \"\(comment(number))\""
  }

  /// Runs it and kills it at a random instant after its first commit, or, in one round of four,
  /// after its start.
  ///
  /// - Returns: how many commits it has acknowledged.
  func run(isTypedAhead: Bool) async throws -> Int {
    let input = isTypedAhead ? (0..<500).map(lines).joined(separator: "\n") : nil
    let process = try EsashProcess(["shell", "--appliance", place], input: input)
    var number = 0
    if !round.isMultiple(of: 4) {
      if !isTypedAhead { try process.type(lines(number)) }
      try await process.waitFor("Changes committed: ")
      number += 1
    }
    let killing = Task { [identifier = process.identifier] in
      try await Task.sleep(for: .microseconds(Int.random(in: 0...40_000)))
      kill(identifier, SIGKILL)
    }
    while !isTypedAhead {
      try process.type(lines(number))
      guard (try? await process.waitFor("Changes committed: ")) != nil else { break }
      number += 1
    }
    try await killing.value
    let status = try await process.wait()
    #expect(status == -SIGKILL, "\(process.errors)")
    return process.output.components(separatedBy: "\nChanges committed: ").count - 1
  }
}
