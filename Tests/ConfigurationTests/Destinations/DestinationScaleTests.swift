import Foundation
import TestSupport
import Testing

@testable import Configuration

@Suite("Ten thousand destinations", .serialized)
struct DestinationScaleTests {
  private func file(_ count: Int) -> [UInt8] {
    let sections = (0..<count).map { number in
      "[domain-\(number).example]\ntable_tls = required\nmax_host_concurrency = 20\n"
    }
    return Array(sections.joined(separator: "\n").utf8)
  }

  /// The seconds of this thread's own work, the least of three runs: other load does not count.
  private func work(_ body: () throws -> Void) rethrows -> Double {
    func now() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    var least = Double.infinity
    for _ in 0..<3 {
      let start = now()
      try body()
      least = min(least, now() - start)
    }
    return least
  }

  @Test("import, look-up, export and rules grow with the number of entries, not with its square")
  func scaling() async throws {
    let factory = try await Configuration.factory(pool: .shared)
    func measure(_ count: Int) throws -> [Double] {
      let bytes = file(count)
      var configuration = factory
      var text = ""
      let reading = try work {
        try configuration.importDestinations(bytes, release: .release14)
      }
      #expect(configuration.destinations.count == count)
      let looking = work {
        for number in 0..<count {
          _ = configuration.destinationControls(for: "domain-\(number).example")
        }
      }
      let writing = work { text = configuration.destinationFile(release: .release14) }
      #expect(text.utf8.count > bytes.count)
      let checking = try work { try configuration.verify() }
      return [reading, looking, writing, checking]
    }
    let small = try measure(1000)
    let large = try measure(10_000)
    for (less, more) in zip(small, large) {
      // Ten times the entries: linear work is ten times as long, quadratic a hundred times.
      #expect(more < 40 * less)
    }
  }

  @Test("an edit touches one entry, and a copy keeps what it was")
  func edit() async throws {
    var configuration = try await Configuration.factory(pool: .shared)
    try configuration.importDestinations(file(10_000), release: .release14)
    let before = configuration
    configuration.destinations["domain-5000.example"]?.tls = .requiredVerify
    #expect(
      configuration.changes(since: before).map(\.key.description)
        == ["destination/domain-5000.example"])
  }
}
