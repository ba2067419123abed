import Foundation
import TestSupport
import Testing

@testable import Mail

@Suite struct HighWaterMarksTests {
  @Test func numbersBeginWithOneAndFollowEachOther() throws {
    let directory = try TemporaryDirectory()
    let marks = try HighWaterMarks(path: directory.path("identifiers"))
    #expect((1...5).map { _ in marks.next() } == [1, 2, 3, 4, 5])
    #expect(try directory.text("identifiers") == "1000\n")
    #expect(directory.mode("identifiers") == 0o600)
  }

  @Test func afterACrashNoNumberComesTwice() throws {
    let directory = try TemporaryDirectory()
    let first = try HighWaterMarks(path: directory.path("identifiers"))
    let given = (1...10).compactMap { _ in first.next() }
    let second = try HighWaterMarks(path: directory.path("identifiers"))
    #expect(try #require(second.next()) > (given.max() ?? 0))
  }

  @Test func afterAnOrderlyEndThereIsNoGap() async throws {
    let directory = try TemporaryDirectory()
    let first = try HighWaterMarks(path: directory.path("identifiers"))
    for _ in 1...10 { _ = first.next() }
    await first.close()
    #expect(first.next() == nil)
    #expect(try HighWaterMarks(path: directory.path("identifiers")).next() == 11)
  }

  @Test func theMarkIsRaisedInTime() async throws {
    let directory = try TemporaryDirectory()
    let marks = try HighWaterMarks(path: directory.path("identifiers"))
    var last = 0
    for _ in 1...5000 {
      var number = marks.next()
      if number == nil {
        // Faster than the disk: none is given out until the mark is safe.
        try await eventually("a number") {
          number = marks.next()
          return number != nil
        }
      }
      #expect(number == last + 1)
      last += 1
    }
    let mark = try #require(
      Int(directory.text("identifiers").trimmingCharacters(in: .newlines)))
    #expect(mark >= 5000)
  }

  @Test func numbersAreUniqueAmongManyAtOnce() async throws {
    let directory = try TemporaryDirectory()
    let marks = try HighWaterMarks(path: directory.path("identifiers"))
    let all = await withTaskGroup(of: [Int].self) { group in
      for _ in 0..<8 { group.addTask { (0..<100).compactMap { _ in marks.next() } } }
      return await group.reduce(into: []) { $0 += $1 }
    }
    #expect(Set(all).count == all.count)
    #expect(all.count == 800)
  }

  @Test func aFileWithoutANumberIsNamed() throws {
    let directory = try TemporaryDirectory()
    try directory.write(Array("rubbish".utf8), to: "identifiers")
    #expect {
      try HighWaterMarks(path: directory.path("identifiers"))
    } throws: { "\($0)".contains("does not hold a number") }
  }

  @Test func aFolderThatIsMissingIsNamed() {
    #expect {
      try HighWaterMarks(path: "/nowhere/identifiers")
    } throws: { "\($0)".contains("/nowhere/identifiers cannot be written") }
  }
}
