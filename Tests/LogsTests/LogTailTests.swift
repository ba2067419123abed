import Foundation
import Logs
import Testing

@Suite("Following a log") struct LogTailTests {
  private let folder = LogFolder()

  @Test("It starts at the oldest file, the current file or its end")
  func starts() async throws {
    let log = try folder.log()
    log.write("old")
    try await log.rollOver()
    log.write("new")
    await log.flush()
    var oldest = try LogTail(in: folder.path, name: "mail", from: .oldest)
    var current = try LogTail(in: folder.path, name: "mail", from: .current)
    var end = try LogTail(in: folder.path, name: "mail")
    #expect(try oldest.lines().count == 10)
    #expect(try current.lines().count == 5)
    #expect(try end.lines().isEmpty)
    log.write("next")
    await log.flush()
    #expect(try oldest.lines() == ["Tue Nov 24 18:00:12 2026 Info: next"])
    #expect(try current.lines() == ["Tue Nov 24 18:00:12 2026 Info: next"])
    #expect(try end.lines() == ["Tue Nov 24 18:00:12 2026 Info: next"])
    #expect(try end.lines().isEmpty)
  }

  @Test("It sees each line once while writers roll the log over")
  func rollovers() async throws {
    var limits = LogLimits()
    limits.fileBytes = 4 << 10
    limits.files = 1000
    let log = try folder.log(limits: limits)
    var tail = try LogTail(in: folder.path, name: "mail")
    // A thread of its own: a reader that took the pool's threads would else wait for itself.
    Thread.detachNewThread {
      for number in 0..<20_000 {
        log.write("number \(number)")
        if number % 50 == 0 { usleep(1) }
      }
    }
    var numbers: [Int] = []
    while numbers.last != 19_999 {
      let line = try await tail.waitForLine(timeout: .seconds(60)) { $0.contains("number ") }
      let text = try #require(line)
      numbers.append(try #require(text.split(separator: "number ").last.flatMap { Int($0) }))
    }
    #expect(numbers == Array(0..<20_000))
    #expect(folder.files.count > 100)
  }

  @Test("A file that was removed unread is passed over")
  func removedFiles() async throws {
    var limits = LogLimits()
    limits.files = 2
    let log = try folder.log(limits: limits)
    var tail = try LogTail(in: folder.path, name: "mail")
    for number in 0..<5 {
      log.write("\(number)")
      try await log.rollOver()
    }
    log.write("last")
    await log.flush()
    let texts = try tail.lines().map { $0.split(separator: " ").last.map(String.init) }
    #expect(texts.filter { $0?.count == 1 || $0 == "last" } == ["0", "4", "last"])
  }

  @Test("A log without a file is read from its first line when it comes")
  func laterFile() async throws {
    try FileManager.default.createDirectory(
      atPath: folder.path, withIntermediateDirectories: true)
    var tail = try LogTail(in: folder.path, name: "mail")
    #expect(try tail.lines().isEmpty)
    let log = try folder.log()
    log.write("x")
    try await log.rollOver()
    log.write("y")
    await log.flush()
    #expect(try tail.lines().filter { $0.hasSuffix(" x") || $0.hasSuffix(" y") }.count == 2)
    #expect(throws: LogError.self) { try LogTail(in: folder.path + "/none", name: "mail") }
  }

  @Test("A line is seen only when it is whole")
  func wholeLines() async throws {
    let log = try folder.log()
    var tail = try LogTail(in: folder.path, name: "mail")
    let file = try #require(FileHandle(forWritingAtPath: log.path))
    try file.seekToEnd()
    try file.write(contentsOf: Data("half".utf8))
    #expect(try tail.lines().isEmpty)
    try file.write(contentsOf: Data(" and half\nmore".utf8))
    #expect(try tail.lines() == ["half and half"])
  }

  @Test("Waiting ends with the line, and leaves those behind it")
  func waiting() async throws {
    let log = try folder.log()
    var tail = try LogTail(in: folder.path, name: "mail")
    Thread.detachNewThread {
      for text in ["DCID 1 TLS failed", "DCID 12 TLS success", "DCID 12 close", "x"] {
        usleep(30_000)
        log.write(text)
      }
    }
    let line = try await tail.waitForLine(
      matching: #"DCID \d+ TLS success"#, timeout: .seconds(60))
    #expect(line?.hasSuffix("Info: DCID 12 TLS success") == true)
    let next = try await tail.waitForLine(timeout: .seconds(60)) { $0.contains("close") }
    #expect(next?.hasSuffix("DCID 12 close") == true)
    let last = try await tail.waitForLine(timeout: .seconds(60)) { _ in true }
    #expect(last?.hasSuffix(" x") == true)
  }

  @Test("Waiting ends after the time given, and at once with the task")
  func giveUp() async throws {
    _ = try folder.log()
    var tail = try LogTail(in: folder.path, name: "mail")
    let start = ContinuousClock.now
    #expect(try await tail.waitForLine(matching: "never", timeout: .milliseconds(100)) == nil)
    #expect(ContinuousClock.now - start >= .milliseconds(100))
    let path = folder.path
    let waiting = Task {
      var tail = try LogTail(in: path, name: "mail")
      return try await tail.waitForLine(matching: "never", timeout: .seconds(60))
    }
    waiting.cancel()
    await #expect(throws: CancellationError.self) { try await waiting.value }
    await #expect(throws: LogError.self) {
      try await tail.waitForLine(matching: "(", timeout: .zero)
    }
  }
}
