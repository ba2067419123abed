import Foundation
import Logs
import Testing

/// Writes numbered lines of different lengths; also the body of the other processes.
private func write(_ count: Int, as writer: String, to log: LogFile) async {
  for number in 0..<count {
    log.write("\(writer) \(number) " + String(repeating: "x", count: number % 97) + " end")
    if number % 500 == 499 { await log.flush() }
  }
  await log.close()
}

@Suite("Several writers of one log") struct LogWritersTests {
  private let folder = LogFolder()

  /// 64 KiB a file, and enough files that none is removed.
  private static func limits() -> LogLimits {
    var limits = LogLimits()
    limits.fileBytes = 64 << 10
    limits.files = 1000
    return limits
  }

  private func expectAllLines(writers: [String], count: Int) throws {
    var next = Dictionary(uniqueKeysWithValues: writers.map { ($0, 0) })
    for text in try folder.texts() {
      let words = text.split(separator: " ", omittingEmptySubsequences: false)
      let number = try #require(words.count == 4 ? Int(words[1]) : nil, "torn: \(text)")
      let writer = String(words[0])
      #expect(next[writer] == number)
      #expect(words[2].count == number % 97 && words[3] == "end")
      next[writer] = number + 1
    }
    #expect(next.values.allSatisfy { $0 == count }, "\(next)")
  }

  @Test("Four logs open on one file lose and tear nothing across many rollovers")
  func oneProcess() async throws {
    let writers = ["a", "b", "c", "d"]
    await withThrowingTaskGroup(of: Void.self) { group in
      for writer in writers {
        group.addTask { [folder] in
          try await write(5000, as: writer, to: folder.log(limits: Self.limits()))
        }
      }
    }
    #expect(folder.files.count > 10)
    for file in folder.files.dropLast() {
      let size = try folder.bytes(file).count
      #expect((32 << 10...64 << 10).contains(size), "\(file): \(size)")
    }
    try expectAllLines(writers: writers, count: 5000)
  }

  @Test("Two writers that find the file full at once roll it over once", arguments: 0..<20)
  func fullAtOnce(_ round: Int) async throws {
    var limits = LogLimits()
    limits.fileBytes = 1024
    let (one, two) = (try folder.log(limits: limits), try folder.log(limits: limits))
    one.write(String(repeating: "x", count: 700))
    await one.flush()
    folder.whileLocked {
      one.write(String(repeating: "y", count: 100))
      two.write(String(repeating: "z", count: 100))
      // Time for both to stand before the lock.
      usleep(20_000)
    }
    await one.close()
    await two.close()
    #expect(folder.files.count == 2)
    #expect(try folder.texts().count == 3)
  }

  @Test("Tasks that share one log lose nothing, and each one's lines stay in order")
  func sharedLog() async throws {
    let log = try folder.log(limits: Self.limits())
    let writers = (0..<8).map { "w\($0)" }
    await withTaskGroup(of: Void.self) { group in
      for writer in writers {
        group.addTask {
          for number in 0..<1000 {
            log.write("\(writer) \(number) \(String(repeating: "x", count: number % 97)) end")
          }
        }
      }
    }
    await log.close()
    try expectAllLines(writers: writers, count: 1000)
  }

  @Test("Processes lose and tear nothing across many rollovers")
  func processes() async throws {
    let path = folder.path
    try await folder.log(limits: Self.limits()).close()
    await withTaskGroup(of: Void.self) { group in
      for writer in ["p", "q", "r"] {
        group.addTask {
          await #expect(processExitsWith: .success) {
            [path = path as String, writer = writer as String] in
            let log = try LogFile(
              in: path, name: "mail", heading: .example, limits: Self.limits(),
              calendar: { .tuesday })
            await write(5000, as: writer, to: log)
          }
        }
      }
      group.addTask { [folder] in
        // Rollovers by hand in between, and a reader.
        guard let log = try? folder.log(limits: Self.limits()) else { return }
        for _ in 0..<50 {
          try? await log.rollOver()
          try? await Task.sleep(for: .milliseconds(10))
        }
      }
    }
    #expect(folder.files.count > 50)
    try expectAllLines(writers: ["p", "q", "r"], count: 5000)
  }
}
