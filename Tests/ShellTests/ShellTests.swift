import Commands
import Configuration
import ConfigurationStore
import Control
import Dialogue
import DialogueTestSupport
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Shell

@Suite struct ShellTests {
  /// Everything that reached audit and engine, in order, with the screen as it was then.
  private final class Witness: AuditTrail, EngineControl {
    let events = Mutex<[String]>([])
    let troubles: [String]
    init(troubles: [String] = []) { self.troubles = troubles }

    func record(user: String, entry: String?, prompt: String) {
      events.withLock { $0.append("\(entry ?? "***") after \(prompt)") }
    }
    func committed(user: String, comment: String) {
      events.withLock { $0.append("committed \(comment)") }
    }
    func record(_ event: AuthenticationEvent) { events.withLock { $0.append("\(event)") } }
    func obey(_ settings: LogSettings) async {}
    func ask(_ request: EngineRequest) async -> EngineReply? {
      events.withLock { $0.append("\(request.request) \(request.version ?? 0)") }
      return .done(troubles: troubles)
    }
    var all: [String] { events.withLock { $0 } }
  }

  private func hold(
    _ answers: [String?], witness: Witness = Witness()
  ) async throws -> (end: Shell.End, screen: String, terminal: ScriptedTerminal) {
    let fresh = try await TestAppliance()
    let terminal = ScriptedTerminal(answers)
    let shell = Shell(
      session: try await fresh.session(), appliance: fresh.appliance, terminal: terminal,
      outside: .only(witness), audit: witness)
    return (await shell.run(), terminal.screen, terminal)
  }

  @Test("The prompt is the committed host name, and nothing follows it")
  func prompt() async throws {
    let (_, _, terminal) = try await hold(
      ["sethostname mx.example.com", "whoami", "commit x", "exit"])
    #expect(
      terminal.prompts.map(\.text) == [
        "mail.example.com> ", "mail.example.com> ", "mail.example.com> ", "mx.example.com> ",
      ])
    #expect(terminal.prompts.allSatisfy { $0.isCommandLine })
  }

  @Test("A question that meets the end of the input is a failure; a prompt that does is none")
  func earlyEnd() async throws {
    #expect(try await hold(["version"]).end.hasFailed == false)
    #expect(try await hold(["certconfig"]).end.hasFailed)
  }

  @Test("Tab knows what may follow a command")
  func completions() async throws {
    let (_, _, terminal) = try await hold(["destconfig new a.example table_tls=on", "exit"])
    let (first, second) = (terminal.prompts[0].completions, terminal.prompts[1].completions)
    for phrase in [
      "sslconfig", "sslconfig verify", "sslconfig inbound", "help sslconfig", "tail mail_logs",
      "destconfig delete", "listenerconfig edit",
    ] { #expect(first.contains(phrase)) }
    #expect(!first.contains { $0.contains("NAME") || $0.contains("|") })
    #expect(!first.contains("destconfig delete a.example"))
    #expect(second.contains("destconfig delete a.example"))
  }

  @Test("A calendar that another process moved counts from the next command on")
  func movedCalendar() async throws {
    let fresh = try await TestAppliance()
    let terminal = ScriptedTerminal(["date", "exit"])
    let witness = Witness()
    let shell = Shell(
      session: try await fresh.session(), appliance: fresh.appliance, terminal: terminal,
      outside: .only(witness), audit: witness)
    try await fresh.openedAgain().advanceCalendar(by: 86_400)
    _ = await shell.run()
    #expect(terminal.screen.contains("Wed Nov 25 18:00:12 2026 GMT"))
  }

  @Test("The engine serves the version before the user hears of the commit")
  func applyFirst() async throws {
    let witness = Witness(troubles: ["The port 25 is in use."])
    let (_, screen, _) = try await hold(
      ["sethostname mx.example.com", "commit \"a name\"", "exit"], witness: witness)
    let marks = witness.all.filter { $0.hasPrefix("apply") || $0.hasPrefix("committed") }
    #expect(marks == ["apply 2", "committed a name"])
    let trouble = try #require(screen.range(of: "The port 25 is in use."))
    let done = try #require(screen.range(of: "Changes committed: "))
    #expect(trouble.upperBound < done.lowerBound)
  }

  @Test("Ctrl-D at the main prompt is exit; with pending changes it asks")
  func controlD() async throws {
    let (end, screen, _) = try await hold(["sethostname mx.example.com", nil, "n", nil, "y"])
    #expect(!end.lostChanges)
    #expect(screen.contains("Exiting will lose changes."))
  }

  @Test("The end of the input in a question drops the command, then pending, and says so")
  func endOfInput() async throws {
    let (end, screen, _) = try await hold(["sethostname mx.example.com", "certconfig"])
    #expect(end.lostChanges)
    #expect(screen.hasSuffix("[]> "))
  }

  @Test("Ctrl-C in a command drops it and leaves what was pending")
  func interrupt() async throws {
    let (end, screen, _) = try await hold([
      "sethostname mx.example.com", "sethostname", "^C", "showchanges", "clear y", "exit",
    ])
    #expect(screen.contains("-- Changes not recorded"))
    #expect(screen.contains("mail.example.com -> mx.example.com"))
    #expect(!end.lostChanges && !end.hasFailed)
  }

  @Test(
    "What cannot be run is a failure, with one sentence",
    arguments: [
      ("nonsense", "Unknown command or missing feature key: nonsense"),
      ("version now", "Invalid arguments when processing version"),
      ("sethostname x", "A hostname is"), ("commit \"x", "A quotation mark is never closed."),
      ("help nonsense", "Unknown command or missing feature key: nonsense"),
    ])
  func failures(_ line: String, _ sentence: String) async throws {
    let (end, screen, _) = try await hold([line, "exit"])
    #expect(end.hasFailed)
    #expect(screen.contains(sentence))
  }

  @Test("Secrets and showconfig's output are not recorded")
  func confidential() async throws {
    let witness = Witness()
    _ = try await hold(
      [
        "showconfig 1", "certconfig", "certificate", "import", "x", "none.p12", "", "", "", "", "",
        "exit",
      ], witness: witness)
    let recorded = witness.all
    #expect(recorded.contains { $0.hasPrefix("showconfig 1 after ") })
    #expect(recorded.contains { $0.hasPrefix("certconfig after ") })
    #expect(!recorded.contains { $0.contains("<config>") })
  }

  @Test("Of long output the beginning is recorded, with a mark, and then the prompt")
  func cut() async throws {
    let witness = Witness()
    let audited = AuditedTerminal(ScriptedTerminal(["a", "b"]), user: "admin", audit: witness)
    await audited.write(String(repeating: "x", count: 4000))
    await audited.write(String(repeating: "y", count: 96))
    await audited.write("z")
    await audited.write("z")
    _ = try await audited.readLine(Prompt(bracket: "[]> "))
    await audited.write(String(repeating: "x", count: 4096))
    _ = try await audited.readLine(Prompt(bracket: "[]> "))
    let kept = String(repeating: "x", count: 4000) + String(repeating: "y", count: 96)
    #expect(
      witness.all == [
        "a after \(kept)[cut][]> ", "b after \(String(repeating: "x", count: 4096))[]> ",
      ])
  }

  @Test("A secret is recorded as three stars")
  func secrets() async throws {
    let fresh = try await TestAppliance()
    try fresh.appliance.files.write([1, 2, 3], to: "broken.p12")
    let witness = Witness()
    let terminal = ScriptedTerminal([
      "certconfig", "certificate", "import", "x", "broken.p12", "n", "Tr0ub4dor", "", "", "exit",
    ])
    let shell = Shell(
      session: try await fresh.session(), appliance: fresh.appliance, terminal: terminal,
      outside: .only(witness), audit: witness)
    let end = await shell.run()
    #expect(end.hasFailed)
    #expect(witness.all.contains { $0.hasPrefix("*** after ") && $0.hasSuffix("PKCS#12 file:") })
    #expect(!witness.all.contains { $0.contains("Tr0ub4dor") })
  }
}

extension Outside {
  /// An engine, and nobody else.
  fileprivate static func only(_ engine: any EngineControl) -> Outside {
    let nowhere = Nowhere()
    return Outside(
      engine: engine, logs: nowhere, mail: nowhere, names: nowhere, probing: nowhere,
      dialing: nowhere, webService: nowhere, directories: nowhere)
  }
}
