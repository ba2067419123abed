import Foundation

/// From the start of a process to its first prompt, with what the disk and a bare shell cost.
struct StartBenchmarks {
  let world: World

  func run() throws -> [Figure] {
    let appliance = try world.makeAppliance("start")
    let runs = world.scale.shortRuns
    return [
      Figure(
        name: "First prompt", unit: "ms",
        runs: try (0..<runs).map { _ in try appliance.timeToPrompt() },
        goal: 25),
      Figure(
        name: "… of `sh`", unit: "ms",
        runs: try (0..<runs).map { _ in
          try Terminal.timeToPrompt("/bin/dash", ["-i"], onError: true, prompt: "# ", "$ ")
        }),
      Figure(
        name: "… `esash peer list`, which opens no appliance", unit: "ms",
        runs: try (0..<runs).map { _ in try timeOf(world.esash, ["peer", "list"]) }),
      Figure(name: "Write and sync of 4 KiB", unit: "ms", runs: synchronisations(runs)),
    ]
  }

  /// Milliseconds of each write that is on disk.
  private func synchronisations(_ count: Int) -> [Double] {
    let path = world.folder.appendingPathComponent("raw").path
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    defer { close(file) }
    let block = [UInt8](repeating: 7, count: 4096)
    return (0..<count).map { _ in
      time {
        _ = write(file, block, block.count)
        fdatasync(file)
      }
    }
  }
}
