import Foundation

/// Measures the release build of `esash` from outside and writes `docs/performance.md`.
@main
struct Benchmarks {
  static func main() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let esash = root.appendingPathComponent(".build/release/esash").path
    let world = try World(esash: esash)
    defer { world.remove() }
    let figures =
      [
        try world.startUp(), try world.peerStartUp(), try world.commit(entries: 10),
        try world.commit(entries: 1_000), try world.commit(entries: 10_000), try world.rawSync(),
      ] + (try World.Round.allCases.map { try world.replay($0) })
      + (try MailBenchmarks(esash: esash, folder: world.folder.path).run())
    let file = root.appendingPathComponent("docs/performance.md")
    let old = try String(contentsOf: file, encoding: .utf8)
    let page = Page(figures: figures).text(replacing: old)
    print(page)
    try page.write(to: file, atomically: true, encoding: .utf8)
  }
}
