import Foundation

/// Prompts a second of `esash replay`.
struct ReplayBenchmarks {
  let world: World

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

  func run() throws -> [Figure] { try Round.allCases.map(replay) }

  private func replay(_ round: Round) throws -> Figure {
    // Long enough that the start, which is subtracted, does not matter; a file has a limit.
    let factor = round == .menus || round == .commands ? 2 : 1
    let rounds = factor * world.scale.prompts / round.prompts
    let short = try transcript("short", rounds: 0, round)
    let long = try transcript("long", rounds: rounds, round)
    return Figure(
      name: round.rawValue, unit: "/s",
      runs: try (0..<world.scale.runs).map { _ in
        let empty = try timeOf(world.esash, ["replay", short])
        let taken = try timeOf(world.esash, ["replay", long]) - empty
        return Double(rounds * round.prompts) / taken * 1000
      }, goal: round == .mixed ? 5_000 : nil)
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
    let path = world.folder.appendingPathComponent("\(name).transcript").path
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }
}
