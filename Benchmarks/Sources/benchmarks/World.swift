import Foundation

/// The program under measurement, and a temporary folder for its appliances.
struct World {
  /// The path of `esash`.
  let esash: String
  /// How much is measured.
  let scale: Scale
  let folder: URL

  init(esash: String, scale: Scale) throws {
    self.esash = esash
    self.scale = scale
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("esash-bench-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// Takes the folder away with all that is in it.
  func remove() { try? FileManager.default.removeItem(at: folder) }

  /// Makes an appliance, factory-fresh.
  func makeAppliance(_ name: String) throws -> BenchAppliance {
    let path = folder.appendingPathComponent(name).path
    try timeOf(esash, ["appliance", "new", path])
    return BenchAppliance(esash: esash, path: path)
  }
}

/// How much is measured: all for the page, or little to see that everything works.
struct Scale {
  /// How often each thing is measured.
  let runs: Int
  /// The same for what is over in a moment.
  let shortRuns: Int
  /// Seconds that a load lasts.
  let loadTime: Double
  let destinations: [Int]
  let certificates: [Int]
  let commits: [Int]
  /// Shells, local or by SSH, that are held at once.
  let shells: Int
  /// Connections with TLS that are held at once.
  let connections: Int
  /// Messages that are delivered in a run.
  let messages: Int
  /// Lines that are logged in a run.
  let lines: Int
  /// Prompts of a long transcript.
  let prompts: Int

  /// For the page.
  static let full = Scale(
    runs: 5, shortRuns: 21, loadTime: 3, destinations: [10, 100, 1_000, 10_000],
    certificates: [10, 100, 1_000], commits: [10, 100, 1_000, 5_000], shells: 200,
    connections: 5_000, messages: 5_000, lines: 200_000, prompts: 12_000)

  /// To see that everything works.
  static let small = Scale(
    runs: 2, shortRuns: 3, loadTime: 0.3, destinations: [10, 100], certificates: [10, 20],
    commits: [10, 30], shells: 8, connections: 50, messages: 200, lines: 2_000, prompts: 3_000)
}
