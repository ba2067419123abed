import Configuration
import ConfigurationStore
import Foundation
import Testing
import TestSupport

@Suite("Several esash on one appliance")
struct ConcurrentTests {
  let directory: TemporaryDirectory
  var place: String { directory.path("appliance") }

  init() throws { directory = try TemporaryDirectory() }

  @Test("started together on nothing, they make one appliance", .timeLimit(.minutes(10)))
  func creation() async throws {
    let processes = try (0..<6).map { _ in
      try EsashProcess(["shell", "--appliance", place], input: "version\n")
    }
    for process in processes { #expect(try await process.wait() == 0, "\(process.errors)") }
    let serials = processes.map { process in
      process.output.split(separator: "\n").filter { $0.contains("Serial #:") }
    }
    let appliance = try await Appliance(at: place)
    #expect(Set(serials) == [["Serial #: \(appliance.serialNumber)"]])
    #expect(try await appliance.store.history().count == 1)
    for file in ["esash.sqlite", "secret.key", "create.lock", "network/zone"] {
      #expect(directory.mode("appliance/\(file)") == 0o600, "\(file)")
    }
    #expect(directory.mode("appliance") == 0o700)
  }

  @Test(
    "committing together: nothing acknowledged is lost, nothing refused is written",
    .timeLimit(.minutes(5)))
  func commits() async throws {
    _ = try await Appliance(at: place)
    let scripts = (0..<4).map { Script(writer: $0, commits: 25) }
    let processes = try scripts.map {
      try EsashProcess(["shell", "--appliance", place], input: $0.text)
    }
    for process in processes { #expect(try await process.wait() == 0, "\(process.errors)") }
    let outcomes = zip(scripts, processes).flatMap { $0.outcomes(in: $1.output) }
    #expect(outcomes.count == 100)

    let store = try await Appliance(at: place).store
    let history = try await store.history()
    let acknowledged = outcomes.filter { $0.result == .committed }
    #expect(
      Set(history.map(\.comment)) == Set(acknowledged.map(\.comment) + ["Factory default"]))
    #expect(history.count == acknowledged.count + 1)
    #expect(history.map(\.number) == Array((1...history.count).reversed()))
    // Each commit changed what its session changed, and nothing that another one had set.
    var before = try await store.configuration(at: 1)
    for record in history.reversed().dropFirst() {
      let after = try await store.configuration(at: record.number)
      let outcome = try #require(acknowledged.first { $0.comment == record.comment })
      #expect(after.changes(since: before).map(\.key.kind) == [outcome.kind], "\(record.comment)")
      if outcome.kind == .system { #expect(after.system.hostName == outcome.hostName) }
      before = after
    }
    // Only sessions that change the same object can be in each other's way.
    let counts = Dictionary(grouping: outcomes, by: \.result.rawValue).mapValues(\.count)
    print("Concurrent commits: \(counts)")
    for outcome in outcomes where outcome.result == .conflict {
      #expect(outcome.conflictNames == [outcome.kind.rawValue], "\(outcome.comment)")
    }
  }

  @Test("a conflict is refused by name, and the other's commit stays")
  func conflict() async throws {
    let one = try EsashProcess(["shell", "--appliance", place])
    try await one.waitFor("mail.example.com> ")
    let other = try EsashProcess(["shell", "--appliance", place])
    try await other.waitFor("mail.example.com> ")
    try one.type("sethostname a.example.com")
    try await one.waitFor("mail.example.com> ")
    try other.type("sethostname b.example.com")
    try await other.waitFor("mail.example.com> ")
    try other.type("commit \"first\"")
    try await other.waitFor("Changes committed: ")
    try one.type("commit \"second\"")
    try await one.waitFor("  system\n")
    try await one.waitFor("Are you ready to discard all of your changes? [N]> ")
    try one.type("Y")
    try await one.waitFor("b.example.com> ")
    try one.type("commit \"third\"")
    try await one.waitFor("There is no data to commit.")
    #expect(try await one.wait() == 0)
    #expect(try await other.wait() == 0)
    let history = try await Appliance(at: place).store.history()
    #expect(history.map(\.comment) == ["first", "Factory default"])
  }
}

/// What one session types: many commits of one object, host name or rollback settings by turns
/// of writers, and a way out of a conflict's question that harms nobody who is not asked.
private struct Script {
  enum Result: String { case committed, conflict, nothing }

  struct Outcome {
    let comment: String
    let kind: ObjectKind
    let hostName: String
    let result: Result
    let conflictNames: [String]
  }

  let writer: Int
  let commits: Int

  private var kind: ObjectKind { writer % 2 == 0 ? .system : .rollback }
  private func comment(_ number: Int) -> String { "w\(writer)/\(number)" }
  private func hostName(_ number: Int) -> String { "w\(writer)-\(number).example.com" }

  var text: String {
    (0..<commits).map { number in
      let change =
        kind == .system
        ? "sethostname \(hostName(number))\n"
        : "rollbackconfig\nSETUP\n\(number % 2 == 0 ? "N" : "Y")\n\n"
      // An empty line keeps the default, No, where a conflict asks; else it is an empty command.
      return "\(change)commit \"\(comment(number))\"\n\nclear Y\n"
    }.joined()
  }

  /// What became of each commit; each round of the output ends with `Changes cleared`.
  func outcomes(in output: String) -> [Outcome] {
    output.components(separatedBy: "Changes cleared: ").dropLast().enumerated().map {
      number, round in
      let lines = round.split(separator: "\n")
      let result: Result =
        round.contains("Changes committed: ")
        ? .committed : round.contains("There is no data to commit.") ? .nothing : .conflict
      return Outcome(
        comment: comment(number), kind: kind, hostName: hostName(number), result: result,
        conflictNames: lines.drop { !$0.contains("Another session has committed") }
          .filter { $0.hasPrefix("  ") }.map { String($0.dropFirst(2)) })
    }
  }
}
