import Foundation
import Logs
import Testing

@Suite struct LogTests {
  private let folder = LogFolder()

  private func log(_ subscriptions: Log.Subscription...) throws -> Log {
    try Log(in: folder.path, subscriptions, heading: .example, calendar: { .tuesday })
  }

  @Test("Each file takes what its threshold lets through")
  func thresholds() async throws {
    let log = try log(
      Log.Subscription(name: "all"), Log.Subscription(name: "info", threshold: .info),
      Log.Subscription(name: "warn", threshold: .warning),
      Log.Subscription(name: "crit", threshold: .critical))
    for level in LogLevel.allCases { log.write("\(level)", level: level) }
    await log.close()
    #expect(try folder.lines("all.current").dropFirst(4).count == 4)
    #expect(try folder.lines("info.current").dropFirst(4).count == 3)
    #expect(try folder.lines("warn.current").dropFirst(4).count == 2)
    #expect(
      try folder.lines("crit.current").dropFirst(4).map { $0.hasSuffix("critical") } == [true])
  }

  @Test("Files come, go, and get other limits while lines are written")
  func obeying() async throws {
    let log = try log(Log.Subscription(name: "one"))
    log.write("first")
    var small = LogLimits.standard
    small.files = 2
    try await log.obey([
      Log.Subscription(name: "one", limits: small), Log.Subscription(name: "two"),
    ])
    log.write("second")
    for _ in 0..<3 { try await log.rollOver("one") }
    #expect(folder.files.filter { $0.hasPrefix("one.") }.count == 2)
    #expect(folder.files.filter { $0.hasPrefix("two.") } == ["two.current"])
    try await log.obey([Log.Subscription(name: "two")])
    log.write("third")
    await log.close()
    #expect(try folder.texts("two") == ["second", "third"])
    #expect(try !folder.texts("one").contains("third"))
  }

  @Test("A file that cannot be opened leaves all as it was")
  func refusal() async throws {
    let log = try log(Log.Subscription(name: "one"))
    await #expect(throws: LogError.self) {
      try await log.obey([Log.Subscription(name: "../two"), Log.Subscription(name: "three")])
    }
    log.write("still here")
    await log.close()
    #expect(try folder.texts("one") == ["still here"])
  }

  @Test("A smaller size holds from the next batch on")
  func size() async throws {
    let log = try log(Log.Subscription(name: "one"))
    var small = LogLimits.standard
    small.fileBytes = 2000
    try await log.obey([Log.Subscription(name: "one", limits: small)])
    for number in 0..<100 {
      log.write("line \(number) \(String(repeating: "x", count: 40))")
      await log.flush()
    }
    await log.close()
    #expect(folder.files.count > 3)
    for file in folder.files { #expect(try folder.bytes(file).count <= 2000) }
  }
}
