import Foundation

/// Many shells at once on one appliance.
struct SessionBenchmarks {
  let world: World

  /// Local shells, all open; each is answered while all the others wait.
  func local() throws -> [Figure] {
    let appliance = try world.makeAppliance("sessions")
    let count = world.scale.shells
    var opened: [Double] = []
    var memory: [Double] = []
    var answered: [Double] = []
    for _ in 0..<world.scale.runs {
      var shells: [Terminal] = []
      let taken = try time {
        for _ in 0..<count {
          shells.append(
            try Terminal(world.esash, ["shell", "--appliance", appliance.path]))
        }
        for shell in shells { try shell.wait(for: ["> "]) }
      }
      opened.append(taken / 1000)
      let bytes = shells.map(\.processes.memory).reduce(0, +)
      memory.append(Double(bytes) / Double(count) / 1_048_576)
      answered.append(
        Spread(try shells.map { try $0.ask("whoami", until: "> ") }).median)
    }
    return [
      Figure(
        name: "\(count) local shells begun at once: until all have their prompt", unit: "s",
        runs: opened),
      Figure(name: "… memory of each (Pss)", unit: "MB", runs: memory),
      Figure(name: "… a command line, while all are open", unit: "ms", runs: answered),
    ]
  }

  /// Sessions by SSH: rows of a table, as `ssh_sessions.py` prints them.
  ///
  /// - Parameter script: its path.
  func remote(_ script: String) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments = [script, "\(world.scale.shells)", world.esash]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0, text.hasPrefix("|") else {
      throw Failure("\(script) failed")
    }
    return "| what | median | least – greatest |\n|---|---|---|\n" + text
  }
}
