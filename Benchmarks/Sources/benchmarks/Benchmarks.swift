import Foundation

/// Measures the release build of `esash` from outside and writes the figures of
/// `docs/performance.md` anew.
///
///     benchmarks [--small] [GROUP…]
///
/// `--small` only tries whether everything works: it writes a copy of the page, and prints it. The
/// groups are those of `Group`, all of them by default.
@main
struct Benchmarks {
  /// A part of the page.
  enum Group: String, CaseIterable {
    case start, replay, growth, sessions, ssh, mail, delivery, logs
  }

  static func main() async {
    do {
      try await run()
    } catch {
      note("benchmarks: \(error)")
      exit(1)
    }
  }

  /// On the main thread: the others block signals, and so would what they start (`openssl speed`
  /// ends by one).
  @MainActor private static func run() async throws {
    var arguments = Array(CommandLine.arguments.dropFirst())
    if arguments.count == 3, arguments[0] == "write-log", let count = Int(arguments[2]) {
      return try await LogBenchmarks.write(count, in: arguments[1])
    }
    let isSmall = arguments.first == "--small"
    if isSmall { arguments.removeFirst() }
    let groups = try arguments.map { name in
      guard let group = Group(rawValue: name) else { throw Failure("There is no group \(name).") }
      return group
    }
    try measure(groups.isEmpty ? Group.allCases : groups, isSmall ? .small : .full, isSmall)
  }

  /// Each group is written as soon as it is measured; one that fails leaves the others alone.
  private static func measure(_ groups: [Group], _ scale: Scale, _ isSmall: Bool) throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let world = try World(
      esash: root.appendingPathComponent(".build/release/esash").path, scale: scale)
    defer { world.remove() }
    let docs = root.appendingPathComponent("docs")
    let page = Page(folder: isSmall ? world.folder : docs)
    if isSmall {
      let name = "performance.md"
      try FileManager.default.copyItem(
        at: docs.appendingPathComponent(name), to: page.folder.appendingPathComponent(name))
    }
    var failed: [Group] = []
    for group in groups {
      let start = Date()
      do {
        try page.write(try measure(group, world, root, page), as: group.rawValue)
        note("\(group): \(Int(Date().timeIntervalSince(start))) s")
      } catch {
        failed.append(group)
        note("\(group): \(error)")
      }
    }
    try page.write(machine, as: "machine")
    if isSmall { print(try page.text) }
    guard failed.isEmpty else {
      throw Failure("not measured: \(failed.map(\.rawValue).joined(separator: ", "))")
    }
  }

  private static func measure(
    _ group: Group, _ world: World, _ root: URL, _ page: Page
  ) throws -> String {
    switch group {
    case .start: try StartBenchmarks(world: world).run().table
    case .replay: try ReplayBenchmarks(world: world).run().table
    case .growth: try GrowthBenchmarks(world: world).write(to: page)
    case .sessions: try SessionBenchmarks(world: world).local().table
    case .ssh:
      try SessionBenchmarks(world: world).remote(
        root.appendingPathComponent("Benchmarks/ssh_sessions.py").path)
    case .mail: try MailBenchmarks(world: world).run().table
    case .delivery: try DeliveryBenchmarks(world: world).run().table
    case .logs: try LogBenchmarks(world: world).run().table
    }
  }

  private static func note(_ text: String) {
    FileHandle.standardError.write(Data("\(text)\n".utf8))
  }
}
