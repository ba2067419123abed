import Foundation
import Logs
import Testing

@Suite("A log file") struct LogFileTests {
  private let folder = LogFolder()

  @Test("A new file begins with its heading, line by line as asctime dates them")
  func heading() async throws {
    let log = try folder.log()
    log.write("New SMTP ICID 1 interface Data 1 (192.168.1.1)")
    log.write("careful", level: .warning)
    log.write("down", level: .critical)
    log.write("x=1", level: .debug)
    await log.flush()
    #expect(
      try folder.lines() == [
        "Tue Nov 24 18:00:12 2026 Info: Begin Logfile",
        "Tue Nov 24 18:00:12 2026 Info: Version: 14.2.0-620 SN: 564D1234",
        "Tue Nov 24 18:00:12 2026 Info: Time offset from UTC: 0 seconds",
        "Tue Nov 24 18:00:12 2026 Info: System is coming up.",
        "Tue Nov 24 18:00:12 2026 Info: New SMTP ICID 1 interface Data 1 (192.168.1.1)",
        "Tue Nov 24 18:00:12 2026 Warning: careful",
        "Tue Nov 24 18:00:12 2026 Critical: down",
        "Tue Nov 24 18:00:12 2026 Debug: x=1",
      ])
    #expect(log.path == "\(folder.path)/mail.current")
  }

  @Test(
    "Every day and time is written as the C library writes it, the day padded with a blank",
    arguments: [0, 951_782_399, 951_782_400, 1_793_692_800, 4_102_444_799, -1, 1_795_543_212.9])
  func dates(_ seconds: TimeInterval) async throws {
    let log = try folder.log(calendar: { Date(timeIntervalSince1970: seconds) })
    log.write("x")
    await log.flush()
    var moment = time_t(seconds.rounded(.down))
    var parts = tm()
    gmtime_r(&moment, &parts)
    var buffer = [CChar](repeating: 0, count: 26)
    asctime_r(&parts, &buffer)
    let expected = String(decoding: buffer.prefix(24).map(UInt8.init), as: UTF8.self)
    #expect(try folder.lines().last == "\(expected) Info: x")
  }

  @Test("A line carries the time at which it was added")
  func clock() async throws {
    let calendar = Calendar()
    let log = try folder.log(calendar: { calendar.now })
    for second in 0..<3 {
      calendar.now = .tuesday + Double(second) * 86400
      log.write("x")
    }
    await log.flush()
    #expect(
      try folder.lines().suffix(3).map { String($0.prefix(10)) }
        == ["Tue Nov 24", "Wed Nov 25", "Thu Nov 26"])
  }

  @Test("Opening an old log goes on with it, without a second heading")
  func reopening() async throws {
    for text in ["one", "two"] {
      let log = try folder.log()
      log.write(text)
      await log.close()
    }
    #expect(try folder.lines().count == 6)
    #expect(try folder.texts() == ["one", "two"])
  }

  @Test("Folder and files are the owner's alone, and nothing else lies about")
  func permissions() async throws {
    let log = try folder.log()
    try await log.rollOver()
    #expect(folder.files == ["mail.@20261124T180012.s", "mail.current"])
    for (path, mode) in [("", 0o700), ("/mail.current", 0o600), ("/\(folder.files[0])", 0o600)] {
      let attributes = try FileManager.default.attributesOfItem(atPath: folder.path + path)
      #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == mode)
    }
  }

  @Test("After flush the lines are in the file, after close no more come")
  func closing() async throws {
    let log = try folder.log()
    for number in 0..<100 {
      log.write("\(number)")
      await log.flush()
      #expect(try folder.lines().count == 5 + number)
    }
    log.write("last")
    await log.close()
    log.write("too late")
    await log.flush()
    await log.close()
    #expect(try folder.texts().suffix(2) == ["99", "last"])
  }

  @Test("A log that is let go of still writes what was added")
  func lettingGo() async throws {
    do {
      let log = try folder.log()
      for number in 0..<1000 { log.write("\(number)") }
    }
    var tail = try LogTail(in: folder.path, name: "mail", from: .current)
    #expect(try await tail.waitForLine(matching: " 999$", timeout: .seconds(60)) != nil)
  }

  @Test(
    "A name that is no file name is refused", arguments: ["", ".", "..", "a/b", "/etc/x", "a\0b"])
  func names(_ name: String) {
    #expect(throws: LogError.self) { try folder.log(name) }
  }

  @Test("A folder that cannot be made is said in a sentence")
  func unusableFolder() throws {
    let error = #expect(throws: LogError.self) {
      try LogFile(in: "/dev/null/log", name: "mail", heading: .example, calendar: { .tuesday })
    }
    #expect(error?.description == "/dev/null/log could not be made: Not a directory.")
  }

  /// How fast this goes is measured by the benchmarks, not here.
  @Test("Sixty thousand lines in one go are all written, in order")
  func manyLines() async throws {
    let log = try folder.log()
    let texts = (0..<60_000).map { "MID \($0) ICID 12 From: <someone@partner.example>" }
    for text in texts { log.write(text) }
    await log.close()
    #expect(try folder.texts() == texts)
  }
}
