import Dialogue
import Foundation
import Testing
import Transcripts

/// Numbers that are the same for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Texts made of what is special in a transcript.
enum Awkward {
  private static let pieces = [
    "a", "b ", " ", "%", "%secret", "%key ^C", "\\", "...", ".", "---", "[..]", "[re:", "[re:x]",
    "{{a}}", "{{", "}}", "]", "[]> ", "> ", "mail> ", "\t", "\u{301}", "\u{E9}", "\u{2028}",
  ]

  static func line(_ random: inout SeededGenerator) -> String {
    (0..<Int.random(in: 0...4, using: &random)).map { _ in
      pieces.randomElement(using: &random) ?? ""
    }.joined()
  }
}

/// A shell that shows and asks anything, the same for the same seed.
struct RandomShell: ShellBench {
  let seed: UInt64

  func run(on terminal: any Terminal) async {
    var random = SeededGenerator(seed)
    for _ in 0..<Int.random(in: 1...12, using: &random) {
      for _ in 0..<Int.random(in: 0...3, using: &random) {
        await terminal.write(Awkward.line(&random) + "\n")
      }
      do {
        try await ask(&random, terminal)
      } catch InputEnd.interrupted {
        await terminal.write("-- interrupted\n")
      } catch {
        return
      }
    }
    await terminal.write(Awkward.line(&random))
  }

  private func ask(_ random: inout SeededGenerator, _ terminal: any Terminal) async throws {
    let question = Bool.random(using: &random) ? Awkward.line(&random) : ""
    switch Int.random(in: 0...5, using: &random) {
    case 0:
      await terminal.write("Pass:\n")
      let secret = try await terminal.readLine(Prompt(question: question, bracket: "", echo: false))
      await terminal.write("\(secret?.utf8.count ?? -1)\n")
    case 1:
      await terminal.write("Paste:\n")
      let lines = try await terminal.readPaste(Paste(isSecret: Bool.random(using: &random)))
      await terminal.write("\(lines.joined(separator: "|").utf8.count)\n")
    case 2:
      let key = try await terminal.readKey("-More-")
      await terminal.write("key \(key.unicodeScalars.map(\.value))\n")
    default:
      let line = try await terminal.readLine(Prompt(question: question, bracket: "[]> "))
      await terminal.write("\(line.map { Array($0.utf8) } ?? [0])\n")
    }
  }

  func prepare(_ header: TranscriptHeader, folder: URL) async throws {}
  func proceed(_ header: TranscriptHeader, folder: URL) async throws {}
  func session(named name: String, user: String?, on terminal: any Terminal) async {
    await run(on: terminal)
  }
  func upload(_ content: Data, as name: String) async throws {}
  func configurationFile(named name: String) async throws -> Data? { nil }
  func advance(seconds: Int) async throws {}
  func shell(_ command: String) async throws -> String { "" }
  func awaitLog(_ pattern: String) async throws -> Bool { true }
  func close() async {}
}

/// A user who types anything, the same for the same seed.
actor RandomUser: Terminal {
  let window: WindowSize? = nil
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed) }

  func write(_ text: String) {}

  func readLine(_ prompt: Prompt) throws(InputEnd) -> String? {
    switch Int.random(in: 0...19, using: &random) {
    case 0: throw .interrupted
    case 1: throw .endOfInput
    case 2: return nil
    default: return Awkward.line(&random)
    }
  }

  func readPaste(_ paste: Paste) throws(InputEnd) -> [String] {
    if Int.random(in: 0...9, using: &random) == 0 { throw .interrupted }
    return (0..<Int.random(in: 0...4, using: &random)).map { _ in Awkward.line(&random) }
      .filter { $0.trimmingCharacters(in: .whitespaces) != "." }
  }

  func readKey(_ prompt: String) throws(InputEnd) -> Character {
    [" ", "\r", "q", "\u{1B}", "\u{4}", "\u{E9}"].randomElement(using: &random) ?? " "
  }
}

struct RandomSessionTests {
  @Test("any session's recording replays unchanged", arguments: 0..<20)
  func roundTrip(_ batch: Int) async throws {
    let folder = try Folder()
    for seed in UInt64(batch * 25)..<UInt64(batch * 25 + 25) {
      let file = folder.url.appending(path: "\(seed).transcript")
      let recorder = try Recorder(over: RandomUser(seed: seed &* 7919), file: file)
      await RandomShell(seed: seed).run(on: recorder)
      try await recorder.finish()
      let report = await Replayer { RandomShell(seed: seed) }.replay([file.path])
      let result = report.results[0]
      let text = try folder.read("\(seed).transcript")
      #expect(result.isMatch, "\(result.report)\n\(text)")
    }
  }

  @Test("random bytes are read or refused, and played to some end", arguments: 0..<8)
  func randomBytes(_ batch: Int) async throws {
    let folder = try Folder()
    var random = SeededGenerator(UInt64(batch))
    for number in 0..<40 {
      let file = folder.url.appending(path: "\(number).transcript")
      try bytes(&random).write(to: file)
      var options = Replayer.Options()
      options.patience = .seconds(5)
      options.update = number % 2 == 0
      let report = await Replayer(options: options) { RandomShell(seed: UInt64(number)) }
        .replay([file.path])
      #expect(report.results.count == 1)
      guard let transcript = try? Transcript(data: Data(contentsOf: file), file: "t") else {
        continue
      }
      #expect(Lint().findings(in: transcript).allSatisfy { $0.line > 0 })
      // What was read says the same when it is written and read again.
      #expect(try parse(transcript.text).text == transcript.text)
      if case .matched(updated: true) = report.results[0].outcome {
        let again = await Replayer { RandomShell(seed: UInt64(number)) }.replay([file.path])
        #expect(again.exitStatus == 0, again.results[0].report)
      }
    }
  }

  private func bytes(_ random: inout SeededGenerator) -> Data {
    if Int.random(in: 0...3, using: &random) == 0 {
      return Data((0..<200).map { _ in UInt8.random(in: 0...255, using: &random) })
    }
    let head = Bool.random(using: &random) ? "" : "---\n\(Awkward.line(&random))\n---\n"
    let lines = (0..<Int.random(in: 0...30, using: &random)).map { _ in
      Bool.random(using: &random) ? Awkward.line(&random) : "[]> " + Awkward.line(&random)
    }
    return Data((head + lines.joined(separator: "\n")).utf8)
  }
}
