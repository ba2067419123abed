import Foundation
import Logs
import Testing

@Suite("Rolling a log over") struct LogRolloverTests {
  private let folder = LogFolder()

  private func limits(_ bytes: Int, files: Int = 10) -> LogLimits {
    var limits = LogLimits()
    limits.fileBytes = bytes
    limits.files = files
    return limits
  }

  @Test("No file grows beyond the limit, each has a heading, and the lines go on in order")
  func size() async throws {
    let log = try folder.log(limits: limits(8 << 10, files: 100))
    for number in 0..<2000 { log.write("line \(number)") }
    await log.flush()
    #expect(folder.files.count > 5)
    for file in folder.files {
      #expect(try folder.bytes(file).count <= 8 << 10)
      #expect(try folder.lines(file).first?.hasSuffix("Begin Logfile") == true)
    }
    #expect(try folder.texts() == (0..<2000).map { "line \($0)" })
  }

  @Test("Ten files are kept, the oldest go")
  func keeping() async throws {
    let log = try folder.log()
    for number in 0..<15 {
      log.write("\(number)")
      try await log.rollOver()
    }
    #expect(folder.files.count == 10)
    #expect(try folder.texts() == (6..<15).map { "\($0)" })
  }

  @Test("Another log's files are left alone, even if its name begins alike")
  func neighbours() async throws {
    var one = limits(1 << 10, files: 1)
    one.files = 1
    let other = try folder.log("mail.@20200101T000000.s")
    let longer = try folder.log("mail2")
    try await longer.rollOver()
    let log = try folder.log("mail", limits: one)
    try await log.rollOver()
    #expect(
      folder.files == [
        "mail.@20200101T000000.s.current", "mail.current", "mail2.@20261124T180012.s",
        "mail2.current",
      ])
    await other.close()
  }

  @Test("The names keep the order when the calendar stands still or goes back")
  func calendarGoesBack() async throws {
    let calendar = Calendar()
    let log = try folder.log(calendar: { calendar.now })
    for (text, offset) in [("a", 0.0), ("b", 0), ("c", -86400), ("d", 86400), ("e", 0)] {
      calendar.now = .tuesday + offset
      log.write(text)
      try await log.rollOver()
    }
    #expect(
      folder.files.dropLast() == [
        "mail.@20261124T180012.s", "mail.@20261124T180013.s", "mail.@20261124T180014.s",
        "mail.@20261125T180012.s", "mail.@20261125T180013.s",
      ])
    #expect(try folder.texts() == ["a", "b", "c", "d", "e"])
  }

  @Test("Another writer's rollover is followed with the next line")
  func following() async throws {
    let one = try folder.log()
    let two = try folder.log()
    one.write("one before")
    await one.flush()
    try await two.rollOver()
    one.write("one after")
    await one.flush()
    #expect(try folder.lines().last?.hasSuffix("one after") == true)
    #expect(try folder.lines().first?.hasSuffix("Begin Logfile") == true)
  }

  @Test("A current file that somebody removed is made anew")
  func removed() async throws {
    let log = try folder.log()
    try FileManager.default.removeItem(atPath: log.path)
    log.write("after")
    await log.flush()
    #expect(try folder.lines().count == 5)
  }

  @Test("A leftover of a writer that died while it made a new file does no harm")
  func leftover() async throws {
    let log = try folder.log()
    try Data("rubbish".utf8).write(to: URL(filePath: "\(folder.path)/mail.new"))
    try await log.rollOver()
    log.write("x")
    await log.flush()
    #expect(folder.files == ["mail.@20261124T180012.s", "mail.current"])
    #expect(try folder.lines().first?.hasSuffix("Begin Logfile") == true)
  }
}
