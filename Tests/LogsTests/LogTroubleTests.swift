import Foundation
import Logs
import Testing

@Suite("A log in trouble") struct LogTroubleTests {
  private let folder = LogFolder()

  @Test(
    "Adding lines never waits; those beyond the bound are dropped and counted",
    .timeLimit(.minutes(10)))
  func bound() async throws {
    var limits = LogLimits()
    limits.pendingBytes = 64 << 10
    let log = try folder.log(limits: limits)
    folder.whileLocked {
      // The lock goes only after the last line: one that waited for the file would never return.
      for number in 0..<10_000 { log.write("line \(number)") }
    }
    await log.flush()
    log.write("after")
    await log.flush()
    let texts = try folder.lines().dropFirst(4).map { $0.dropFirst(25) }
    let kept = texts.filter { $0.hasPrefix("Info: line ") }.count
    let told = texts.filter { $0.hasPrefix("Warning: ") }.compactMap {
      Int($0.dropFirst("Warning: ".count).prefix { $0.isNumber })
    }
    #expect(kept < 5000)
    #expect(kept + told.reduce(0, +) == 10_000)
    #expect(texts.last == "Info: after")
  }

  @Test("What could not be written is counted once it can be written again")
  func recovery() async throws {
    let log = try folder.log()
    #expect(log.failure == nil)
    try FileManager.default.removeItem(atPath: log.path)
    try FileManager.default.createSymbolicLink(
      atPath: log.path, withDestinationPath: "\(folder.path)/elsewhere")
    for number in 0..<3 {
      log.write("\(number)")
      await log.flush()
    }
    #expect(log.failure != nil)
    #expect(!folder.files.contains("elsewhere"))
    try FileManager.default.removeItem(atPath: log.path)
    log.write("again")
    await log.flush()
    #expect(log.failure == nil)
    #expect(
      try folder.lines().suffix(2) == [
        "Tue Nov 24 18:00:12 2026 Warning: 3 lines before this one were not logged",
        "Tue Nov 24 18:00:12 2026 Info: again",
      ])
  }

  @Test("What a killed writer left of a line tears no line of another")
  func killedWriter() async throws {
    let log = try folder.log()
    let other = try FileHandle(forUpdating: URL(filePath: log.path))
    try other.seekToEnd()
    try other.write(contentsOf: Data("Tue Nov 24 18:00:1".utf8))
    log.write("whole")
    await log.close()
    #expect(
      try folder.lines().suffix(2) == [
        "Tue Nov 24 18:00:1", "Tue Nov 24 18:00:12 2026 Info: whole",
      ])
  }

  @Test("A folder that went away is a failure, not a crash")
  func folderGone() async throws {
    let log = try folder.log()
    try FileManager.default.removeItem(atPath: folder.path)
    log.write("x")
    await log.flush()
    #expect(log.failure?.description.contains("No such file or directory") == true)
    await #expect(throws: LogError.self) { try await log.rollOver() }
  }

  @Test("A disk that fills up in the midst of a line tears no other line")
  func fullDisk() async throws {
    let path = folder.path
    await #expect(processExitsWith: .success) { [path = path as String] in
      var limits = LogLimits()
      limits.files = 100
      let log = try LogFile(
        in: path, name: "mail", heading: .example, limits: limits, calendar: { .tuesday })
      // A limit on the size of files stands for the full disk; the soft one can be raised again.
      signal(SIGXFSZ, SIG_IGN)
      var resource = rlimit()
      let fileSize = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
      getrlimit(fileSize, &resource)
      resource.rlim_cur = 2000
      setrlimit(fileSize, &resource)
      for number in 0..<100 { log.write("line \(number) of a hundred") }
      await log.flush()
      #expect(log.failure?.description.contains("File too large") == true)
      resource.rlim_cur = resource.rlim_max
      setrlimit(fileSize, &resource)
      log.write("again")
      await log.close()
    }
    let lines = try folder.lines()
    let whole = lines.filter { $0.hasSuffix("of a hundred") }.count
    let notices = lines.filter { $0.contains(" Warning: ") }
    #expect(whole > 10 && whole < 100)
    #expect(notices.count == 1)
    #expect(notices.first?.contains(": \(100 - whole) lines before") == true)
    #expect(lines.last?.hasSuffix("Info: again") == true)
    // Heading, whole lines, the torn one, notice, last line.
    #expect(lines.count == 4 + whole + 1 + 2)
  }
}
