import Dialogue
import Foundation
import Transcripts

/// A shell with a handful of commands, small enough to be right at sight.
struct ToyShell {
  let world: ToyWorld
  let terminal: any Terminal

  private enum Leave: Error { case shell }

  func run() async {
    var pending: String?
    do {
      while true {
        let host = await world.host
        let line: String?
        do {
          line = try await terminal.readLine(
            Prompt(
              bracket: "\(host)> ", isCommandLine: true,
              completions: ["commit", "clear", "sethostname"]))
        } catch InputEnd.interrupted {
          await terminal.write("\n")
          continue
        }
        guard let line else { return await terminal.write("bye\n") }
        do {
          try await command(line, &pending)
        } catch InputEnd.interrupted {
          await terminal.write("-- Changes not recorded\n")
        }
      }
    } catch {
      // Left by `exit`, or the input is at its end.
    }
  }

  private func command(_ line: String, _ pending: inout String?) async throws {
    let words = line.split(separator: " ", maxSplits: 1).map(String.init)
    let argument = words.count > 1 ? words[1] : ""
    switch words.first {
    case nil: return
    case "exit": throw Leave.shell
    case "echo": await say(argument)
    case "raw": await terminal.write(argument)
    case "lines":
      for number in 1...(Int(argument) ?? 1) { await say("line \(number)") }
    case "id": await say("MID \(await world.nextID()) ICID 7")
    case "date": await say(await world.date)
    case "sethostname": pending = try await sethostname(argument)
    case "commit": try await commit(&pending)
    case "menu": try await menu()
    case "secret": try await secret()
    case "asksecret":
      let word = try await terminal.readLine(
        Prompt(question: "Pass phrase:", bracket: "", echo: false))
      await say("\(word?.count ?? -1) characters")
    case "paste": try await paste(Paste())
    case "pastekey": try await paste(Paste(isSecret: true))
    case "load": try await paste(Paste(endsAtControlD: true))
    case "page": try await page(Int(argument) ?? 1)
    case "save":
      await world.save(Data("saved\n".utf8), as: argument)
      await say("Saved \(argument).")
    case "window": await say(await terminal.window.map { "\($0.rows)x\($0.columns)" } ?? "none")
    case "hang": try? await Task.sleep(for: .seconds(600))
    default: await say("Unknown command or missing feature key: \(words[0])")
    }
  }

  private func say(_ line: String) async {
    await terminal.write(line + "\n")
  }

  private func ask(_ question: String = "", _ bracket: String) async throws -> String {
    try await terminal.readLine(Prompt(question: question, bracket: bracket)) ?? ""
  }

  private func sethostname(_ argument: String) async throws -> String? {
    guard argument.isEmpty else { return argument }
    let old = await world.host
    while true {
      let name = try await ask("", "[\(old)]> ")
      if name.isEmpty { return nil }
      if name.contains(".") { return name }
      await say("A hostname is at least two labels with a dot between them.")
    }
  }

  private func commit(_ pending: inout String?) async throws {
    guard let name = pending else { return await say("There is no data to commit.") }
    await terminal.write("\nPlease enter some comments describing your changes:\n")
    _ = try await ask("", "[]> ")
    if await world.asksForRollback {
      _ = try await ask(
        "Do you want to save the current configuration for rollback? ", "[Y]> ")
    }
    await world.commit(name)
    pending = nil
    await say("Changes committed: \(await world.date)")
  }

  private func menu() async throws {
    while true {
      await terminal.write("\nChoose the operation you want to perform:\n- NEW - Make one.\n")
      switch try await ask("", "[]> ").lowercased() {
      case "": return
      case "new":
        await say("Enter a name for it:")
        let name = try await ask("", "> ")
        let view = try await ask("Do you want to view \(name)? ", "[Y]> ")
        if view.lowercased() != "n" { await say("name: \(name)") }
      case let word: await say("Unknown option \"\(word)\".")
      }
    }
  }

  private func secret() async throws {
    await say("Enter pass phrase for PKCS#12 file:")
    let word = try await terminal.readLine(Prompt(bracket: "", echo: false))
    await say(word == "Tr0ub4dor" ? "Right." : "Wrong: \(word?.count ?? -1) characters.")
  }

  private func paste(_ paste: Paste) async throws {
    await say("Paste it (end with '.'):")
    let lines = try await terminal.readPaste(paste)
    await say("\(lines.count) lines, \(lines.joined(separator: "|").utf8.count) bytes")
  }

  private func page(_ pages: Int) async throws {
    for page in 1...pages {
      await say("page \(page)")
      guard page < pages else { return }
      if try await terminal.readKey("-Press Any Key For More-") == "q" { return }
    }
  }
}

/// What several toy sessions share.
actor ToyWorld {
  private(set) var host = "mail.example.com"
  private(set) var files: [String: Data] = [:]
  private(set) var date = "Thu Apr 16 18:59:13 2026 GMT"
  private(set) var asksForRollback = false
  private(set) var isClosed = false
  private(set) var sessions: [String] = []
  private var id = 40

  func nextID() -> Int {
    id += 1
    return id
  }

  func commit(_ name: String) { host = name }
  func save(_ data: Data, as name: String) { files[name] = data }
  func ask(forRollback flag: Bool) { asksForRollback = flag }
  func set(date: String) { self.date = date }
  func open(_ session: String) { sessions.append(session) }
  func close() { isClosed = true }
}

struct ToyBench: ShellBench {
  var world = ToyWorld()
  /// Where `%sh` leaves files.
  var work: URL?

  func prepare(_ header: TranscriptHeader, folder: URL) async throws {
    if header.asyncos == "1.0" { throw ToyError("There is no release 1.0.") }
    await world.ask(forRollback: header.asyncos == "14.2")
  }

  func proceed(_ header: TranscriptHeader, folder: URL) async throws {}

  func session(named name: String, user: String?, on terminal: any Terminal) async {
    await world.open("\(name) \(user ?? "-")")
    await ToyShell(world: world, terminal: terminal).run()
  }

  func upload(_ content: Data, as name: String) async throws {
    await world.save(content, as: name)
  }

  func configurationFile(named name: String) async throws -> Data? { await world.files[name] }

  func advance(seconds: Int) async throws { await world.set(date: "later by \(seconds)") }

  func shell(_ command: String) async throws -> String {
    "ran \(command)\nhost \(await world.host)\n"
  }

  func workFile(named name: String) async -> URL? { work?.appending(path: name) }

  func awaitLog(_ pattern: String) async throws -> Bool { pattern == "seen" }

  func close() async { await world.close() }
}

struct ToyError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
