import Foundation
import Logs

/// Lines a second into one log file, against the same bytes by `write` alone.
struct LogBenchmarks {
  let world: World

  private static let line =
    "MID 4711 ICID 815 From: <load@sender.example> to <box@sink.example> accepted"

  func run() throws -> [Figure] {
    let count = world.scale.lines
    let runs = world.scale.runs
    let one = try (0..<runs).map { try rate(count, processes: 1, run: $0) }
    let four = try (0..<runs).map { try rate(count / 4, processes: 4, run: $0) }
    let single = (0..<runs).map { _ in writtenAlone(count, linesAtOnce: 1) }
    let blocks = (0..<runs).map { _ in writtenAlone(count, linesAtOnce: 600) }
    return [
      Figure(name: "Log lines, one process", unit: "/s", runs: one, goal: 20_000),
      Figure(name: "Log lines, four processes into one file", unit: "/s", runs: four),
      Figure(name: "The same bytes, a `write` for each line", unit: "/s", runs: single),
      Figure(name: "… one process's ratio to it", unit: "×", runs: zip(one, single).map(/)),
      Figure(name: "… four processes' ratio to it", unit: "×", runs: zip(four, single).map(/)),
      Figure(name: "The same bytes, a `write` for 600 lines", unit: "/s", runs: blocks),
      Figure(name: "… one process's ratio to it", unit: "×", runs: zip(one, blocks).map(/)),
    ]
  }

  /// Lines a second of some processes, each with so many lines.
  private func rate(_ count: Int, processes: Int, run: Int) throws -> Double {
    let folder = world.folder.appendingPathComponent("log\(processes)-\(run)").path
    var taken = 0.0
    let writers = (0..<processes).map { _ in
      let process = Process()
      // This program again.
      process.executableURL = Bundle.main.executableURL
      process.arguments = ["write-log", folder, "\(count)"]
      process.standardOutput = Pipe()
      return process
    }
    for writer in writers { try writer.run() }
    for writer in writers {
      guard let output = writer.standardOutput as? Pipe else { continue }
      let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      writer.waitUntilExit()
      guard let own = Double(text) else { throw Failure("a writer of logs failed") }
      // They run at once: the slowest tells.
      taken = max(taken, own)
    }
    try check(folder, count * processes)
    return Double(count * processes) / taken * 1000
  }

  /// What one of the processes does; prints its milliseconds.
  static func write(_ count: Int, in folder: String) async throws {
    var limits = LogLimits()
    limits.fileBytes = 1 << 30
    limits.pendingBytes = 1 << 30
    let log = try LogFile(
      in: folder, name: "bench", heading: LogHeading(version: "bench", serialNumber: "bench"),
      limits: limits
    ) { Date() }
    let start = DispatchTime.now().uptimeNanoseconds
    for _ in 0..<count { log.write(line) }
    await log.flush()
    print(Double(DispatchTime.now().uptimeNanoseconds - start) / 1e6, terminator: "")
    await log.close()
  }

  /// No line may be missing.
  private func check(_ folder: String, _ count: Int) throws {
    let text = try String(contentsOfFile: "\(folder)/bench.current", encoding: .utf8)
    let found = text.utf8.split(separator: UInt8(ascii: "\n")).count {
      Substring($0).hasSuffix(Self.line)
    }
    guard found == count else { throw Failure("\(found) of \(count) lines were logged") }
  }

  /// Lines a second of `write` without anything around it.
  private func writtenAlone(_ count: Int, linesAtOnce: Int) -> Double {
    let line = Array("Thu Nov 26 23:59:53 2026 Info: \(Self.line)\n".utf8)
    let block = Array(repeatElement(line, count: linesAtOnce).joined())
    let file = open(
      world.folder.appendingPathComponent("bare").path,
      O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0o600)
    defer { close(file) }
    let writes = count / linesAtOnce
    let taken = time {
      for _ in 0..<writes { _ = Foundation.write(file, block, block.count) }
    }
    return Double(writes * linesAtOnce) / taken * 1000
  }
}
