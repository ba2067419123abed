import Foundation

/// A temporary folder with appliances, and the measurements on them.
struct World {
  let esash: String
  let folder: URL

  init(esash: String) throws {
    self.esash = esash
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("esash-bench-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  func startUp() throws -> Figure {
    let appliance = try makeAppliance("start")
    return Figure(
      name: "First prompt", unit: "ms",
      runs: try (0..<21).map { _ in
        try Terminal.timeToPrompt(esash, ["shell", "--appliance", appliance], prompt: "> ")
      }, goal: 25)
  }

  func peerStartUp() throws -> Figure {
    Figure(
      name: "First prompt of sh", unit: "ms",
      runs: try (0..<21).map { _ in
        try Terminal.timeToPrompt("/bin/dash", ["-i"], onError: true, prompt: "# ", "$ ")
      })
  }

  func commit(entries: Int) throws -> Figure {
    let appliance = try makeAppliance("commit\(entries)")
    let session = try PipeSession(esash, ["shell", "--appliance", appliance])
    try session.wait(for: "> ")
    try loadDestinations(entries, into: appliance, session)
    let runs = try (0..<15).map { number in
      try session.ask("sethostname host\(number).example.com", until: "> ")
      return try session.ask("commit x", until: "Changes committed") { try session.wait(for: "> ") }
    }
    try session.ask("exit", until: "")
    return Figure(
      name: "Commit, \(entries) destination entries", unit: "ms", runs: runs,
      goal: entries == 10_000 ? 20 : nil)
  }

  func rawSync() throws -> Figure {
    let path = folder.appendingPathComponent("raw").path
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    defer { close(file) }
    let block = [UInt8](repeating: 7, count: 4096)
    return Figure(
      name: "Write and sync of 4 KiB", unit: "ms",
      runs: (0..<21).map { _ in
        time {
          _ = write(file, block, block.count)
          fdatasync(file)
        }
      })
  }

  /// What the rounds of a replayed transcript consist of.
  enum Round: String, CaseIterable {
    case mixed = "Replayed prompts, mixed"
    case menus = "Replayed prompts, menus only"
    case commands = "Replayed prompts, command lines only"
    case certificates = "Replayed prompts, lists of certificates"

    var prompts: Int { self == .mixed ? 5 : self == .commands ? 1 : 4 }
    var text: String {
      let command = "mail.example.com> whoami\n...\n"
      func menu(_ word: String) -> String {
        "mail.example.com> certconfig\n...\n[]> \(word)\n...\n[]>\n...\n[]>\n\n"
      }
      switch self {
      case .mixed: return menu("certificate") + command
      case .menus: return menu("certauthority")
      case .commands: return command
      case .certificates: return menu("certificate")
      }
    }
  }

  func replay(_ round: Round) throws -> Figure {
    // Long enough that the start, which is subtracted, does not matter; a file has a limit.
    let rounds = (round == .menus || round == .commands ? 24_000 : 12_000) / round.prompts
    let short = try transcript("short", rounds: 0, round)
    let long = try transcript("long", rounds: rounds, round)
    return Figure(
      name: round.rawValue, unit: "/s",
      runs: try (0..<5).map { _ in
        let empty = try timeOf(esash, ["replay", short])
        return Double(rounds * round.prompts) / (try timeOf(esash, ["replay", long]) - empty) * 1000
      }, goal: round == .mixed ? 5_000 : nil)
  }

  // MARK: Making things

  private func makeAppliance(_ name: String) throws -> String {
    let path = folder.appendingPathComponent(name).path
    _ = try timeOf(esash, ["appliance", "new", path])
    return path
  }

  /// Saves the configuration, adds entries to the file, loads and commits it.
  private func loadDestinations(
    _ count: Int, into appliance: String, _ session: PipeSession
  ) throws {
    try session.ask("saveconfig y 2", until: "Configuration saved.") { try session.wait(for: "> ") }
    let files = "\(appliance)/configuration"
    guard let saved = try FileManager.default.contentsOfDirectory(atPath: files).first,
      var text = try? String(contentsOfFile: "\(files)/\(saved)", encoding: .isoLatin1)
    else { throw Failure("no saved configuration") }
    let entries = (0..<count).map { number in
      """
      <destination name="domain\(number).example">
      <max_connections>\(number % 500 + 1)</max_connections>
      <scope><is_per_exchanger>no</is_per_exchanger><is_per_gateway>no</is_per_gateway></scope>
      <tls>required</tls>
      </destination>

      """
    }.joined()
    text = text.replacingOccurrences(of: "</config>", with: entries + "</config>")
    try text.write(toFile: "\(files)/many.xml", atomically: true, encoding: .isoLatin1)
    for line in ["loadconfig", "2", "many.xml"] { try session.ask(line, until: "> ") }
    try session.ask("commit loaded", until: "Changes committed") { try session.wait(for: "> ") }
  }

  private func transcript(_ name: String, rounds: Int, _ round: Round) throws -> String {
    let text = """
      ---
      title: \(name)
      clock: 2026-04-16T18:59:13Z
      ---
      ...
      \(String(repeating: round.text, count: rounds))mail.example.com> exit

      """
    let path = folder.appendingPathComponent("\(name).transcript").path
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }
}
