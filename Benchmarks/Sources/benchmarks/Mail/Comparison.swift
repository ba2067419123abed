import Foundation

/// The same done by both servers, round by round.
struct Comparison {
  var esash: [Measurement] = []
  var postfix: [Measurement] = []

  /// Rates, processor time, and their ratios.
  ///
  /// - Parameters:
  ///   - rate: the ratio of rates to reach.
  ///   - time: the ratio of processor time to stay below.
  func figures(_ name: String, rate: Double?, time: Double? = nil) -> [Figure] {
    [
      Figure(name: name, unit: "/s", runs: esash.map(\.rate)),
      Figure(name: "… Postfix", unit: "/s", runs: postfix.map(\.rate)),
      Figure(
        name: "… ratio", unit: "×", runs: zip(esash, postfix).map { $0.rate / $1.rate }, goal: rate),
      Figure(name: "… server's CPU", unit: "µs", runs: esash.map(\.processorTime)),
      Figure(name: "… Postfix's CPU", unit: "µs", runs: postfix.map(\.processorTime)),
      Figure(
        name: "… ratio of CPU", unit: "×",
        runs: zip(esash, postfix).map { $0.processorTime / $1.processorTime }, goal: time),
      Figure(name: "… the load's own CPU", unit: "µs", runs: esash.map(\.loadTime)),
      Figure(
        name: "… ratio of a server that costs nothing", unit: "×",
        runs: zip(esash, postfix).map { $0.ceiling / $1.rate }),
    ]
  }
}

/// What one round showed.
struct Measurement {
  /// Things done a second.
  let rate: Double
  /// Microseconds of the server's processor time for each.
  let processorTime: Double
  /// Microseconds of the load's own processor time for each.
  let loadTime: Double

  /// What the machine would do in a second if the server cost nothing.
  var ceiling: Double { Double(ProcessInfo.processInfo.processorCount) * 1e6 / loadTime }

  /// Measures what a load costs a server.
  init(of server: any MailServer, _ load: () throws -> Load.Result) throws {
    let before = try server.processes.processorTime
    let ownBefore = benchmarks.processorTime(of: RUSAGE_SELF)
    let result = try load()
    let count = Double(max(1, result.count))
    rate = result.rate
    processorTime = (try server.processes.processorTime - before) / count * 1e6
    loadTime = (benchmarks.processorTime(of: RUSAGE_SELF) - ownBefore) / count * 1e6
  }
}
