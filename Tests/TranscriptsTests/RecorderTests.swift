import Dialogue
import Foundation
import Testing
import Transcripts

struct RecorderTests {
  /// Records a toy session into `r.transcript`.
  private func record(
    _ replies: [ScriptReply], in folder: Folder, isRedacted: Bool = false,
    window: WindowSize? = nil, title: String? = nil
  ) async throws -> String {
    let recorder = try Recorder(
      over: ScriptTerminal(replies, window: window),
      file: folder.url.appending(path: "r.transcript"),
      isRedacted: isRedacted, title: title)
    await ToyShell(world: ToyWorld(), terminal: recorder).run()
    try await recorder.finish()
    return try folder.read("r.transcript")
  }

  @Test func recordingReadsLikeTheScreen() async throws {
    let folder = try Folder()
    let text = try await record(
      [.line("menu"), .line("new"), .line("x"), .line(""), .line(""), .line("exit")], in: folder)
    #expect(
      text == """
        mail.example.com> menu

        Choose the operation you want to perform:
        - NEW - Make one.
        []> new
        Enter a name for it:
        > x
        Do you want to view x? [Y]> \("")
        name: x

        Choose the operation you want to perform:
        - NEW - Make one.
        []> \("")
        mail.example.com> exit

        """)
    let result = await folder.replay("r.transcript")
    #expect(result.isMatch, result.report)
  }

  @Test(
    "a recording replays unchanged",
    arguments: [
      [.line("secret"), .line("Tr0ub4dor"), .line("asksecret"), .line(" {{a}} "), .line("exit")],
      [.line("secret"), .interrupt, .line("menu"), .interrupt, .line("exit")],
      [.line("secret"), .controlD, .line("menu"), .controlD, .controlD],
      [.line("secret"), .endOfInput], [.line("menu"), .line("new"), .endOfInput],
      [.line("paste"), .paste(["a", "", "%b", "...", "---", "\\c", "[..]"]), .line("exit")],
      [.line("paste"), .paste([]), .line("pastekey"), .paste(["k1", "k2"]), .line("exit")],
      [.line("paste"), .interrupt, .line("exit")],
      [.line("page 3"), .key(" "), .key("q"), .line("page 2"), .key("\r"), .line("exit")],
      [.line("page 2"), .key("\t"), .line("page 2"), .key("\u{1B}"), .line("exit")],
      [.line("page 3"), .interrupt, .line("page 2"), .endOfInput],
      [.line("echo %a"), .line("echo ..."), .line("echo ---"), .line("echo \\x"), .line("exit")],
      [.line("echo [..]"), .line("echo \\[..]"), .line("echo {{a}} \\{{b}}"), .line("exit")],
      [.line("echo [re:("), .line("echo [re:a]"), .line("raw abc"), .line("raw %"), .line("exit")],
      [
        .line("echo mail.example.com> x"), .line("echo a  "), .line(""), .line("  "), .line("exit"),
      ],
      [.line("echo \u{301}x"), .line("echo \u{1F600}"), .line("echo a\u{85}b"), .line("exit")],
      [.interrupt, .line("exit")], [.endOfInput], [.line("exit")],
    ] as [[ScriptReply]])
  func roundTrip(_ replies: [ScriptReply]) async throws {
    let folder = try Folder()
    let text = try await record(replies, in: folder)
    let result = await folder.replay("r.transcript")
    #expect(result.outcome == .matched(updated: false), "\(result.report)\n\(text)")
  }

  @Test func windowIsWrittenDown() async throws {
    let folder = try Folder()
    let text = try await record(
      [.line("window"), .line("exit")], in: folder, window: WindowSize(rows: 24, columns: 80),
      title: "A \"title\": \\ all")
    #expect(text.contains("\n24x80\n"))
    #expect(try parse(text).header.title == "A \"title\": \\ all")
    let result = await folder.replay("r.transcript")
    #expect(result.isMatch, result.report)
  }

  @Test func pastedKeyGoesIntoAFileOfItsOwn() async throws {
    let folder = try Folder()
    let text = try await record(
      [.line("pastekey"), .paste(["PRIVATE", "KEY"]), .line("exit")], in: folder)
    #expect(!text.contains("PRIVATE"))
    #expect(text.contains("%paste r.paste1\n"))
    #expect(try folder.read("r.paste1") == "PRIVATE\nKEY\n")
    for name in ["r.transcript", "r.paste1"] {
      let path = folder.url.appending(path: name).path
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      #expect(mode == 0o600)
    }
  }

  /// What people paste where only a certificate was asked for.
  private static let bundle = [
    "-----BEGIN CERTIFICATE-----", "AAAA", "-----END CERTIFICATE-----",
    "-----BEGIN EC PRIVATE KEY-----", "SECRET", "-----END EC PRIVATE KEY-----",
  ]

  @Test func aKeyPastedWithItsCertificateIsNoLessSecret() async throws {
    let folder = try Folder()
    let text = try await record(
      [.line("paste"), .paste(Self.bundle), .line("exit")], in: folder)
    #expect(!text.contains("SECRET"))
    #expect(text.contains("%paste r.paste1\n"))
    #expect(try folder.read("r.paste1") == Self.bundle.joined(separator: "\n") + "\n")
    let path = folder.url.appending(path: "r.paste1").path
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    let result = await folder.replay("r.transcript")
    #expect(result.isMatch, result.report)
  }

  @Test func aKeyPastedWithItsCertificateIsRedacted() async throws {
    let folder = try Folder()
    let text = try await record(
      [.line("paste"), .paste(Self.bundle), .line("exit")], in: folder, isRedacted: true)
    #expect(!text.contains("SECRET") && text.contains("%paste {{secret}}\n"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).count == 1)
  }

  @Test func redactedRecordingHoldsNoSecret() async throws {
    let folder = try Folder()
    let text = try await record(
      [
        .line("secret"), .line("Tr0ub4dor"), .line("pastekey"), .paste(["PRIVATE", "KEY"]),
        .line("exit"),
      ], in: folder, isRedacted: true)
    #expect(!text.contains("Tr0ub4dor") && !text.contains("PRIVATE"))
    #expect(text.contains("%secret {{secret}}\n") && text.contains("%paste {{secret}}\n"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).count == 1)
    let result = await folder.replay("r.transcript")
    #expect(result.trouble?.line == 3, result.report)
  }

  @Test(arguments: [false, true])
  func aKeyThatNothingAskedForIsLeftOut(isRedacted: Bool) async throws {
    let folder = try Folder()
    let text = try await record(
      [
        .line("-----BEGIN PRIVATE KEY-----"), .line("MIGHAgEA"),
        .line("-----END PRIVATE KEY-----"), .line("menu"), .line(""), .line("exit"),
      ], in: folder, isRedacted: isRedacted)
    #expect(!text.contains("MIGH") && !text.contains("PRIVATE KEY"), "\(text)")
    #expect(text.contains("mail.example.com> {{secret}}\n...\nmail.example.com> menu\n"), "\(text)")
  }

  @Test func aRedactedRecordingShowsNoSecretOfAConfiguration() async throws {
    let folder = try Folder()
    let recorder = try Recorder(
      over: ScriptTerminal([]), file: folder.url.appending(path: "r.transcript"),
      isRedacted: true)
    await recorder.write(
      "<key>$obfuscated$SZKOBF+/=</key>\n<hash>$scrypt$ln=15,r=8$a$b</hash> ok\n")
    try await recorder.finish()
    #expect(try folder.read("r.transcript").hasSuffix("<key>[..]</key>\n<hash>[..]</hash> ok\n"))
  }

  @Test func interruptionsAreThoseOfTheTerminal() async throws {
    let folder = try Folder()
    let recorder = try Recorder(
      over: InterruptedTerminal(), file: folder.url.appending(path: "r.transcript"))
    var count = 0
    for await _ in recorder.interruptions { count += 1 }
    #expect(count == 1)
  }

  @Test func nothingIsOverwritten() async throws {
    let folder = try Folder()
    try folder.write("dear", "r.transcript")
    await #expect(throws: TranscriptError.self) {
      _ = try await record([.line("exit")], in: folder)
    }
    #expect(try folder.read("r.transcript") == "dear")
  }

  @Test func unwrittenPasteIsReported() async throws {
    let folder = try Folder()
    try folder.write("dear", "r.paste1")
    await #expect(throws: TranscriptError.self) {
      _ = try await record([.line("pastekey"), .paste(["K"]), .line("exit")], in: folder)
    }
    #expect(try folder.read("r.paste1") == "dear")
  }

  @Test func theSessionSeesItsOwnTerminal() async throws {
    let folder = try Folder()
    let inner = ScriptTerminal([.line("echo a"), .line("exit")])
    let recorder = try Recorder(over: inner, file: folder.url.appending(path: "r.transcript"))
    await ToyShell(world: ToyWorld(), terminal: recorder).run()
    #expect(await inner.shown == "a\n")
  }
}

/// A terminal at which Ctrl-C is pressed once, and nothing else.
private final class InterruptedTerminal: Terminal {
  var window: WindowSize? { nil }
  var interruptions: AsyncStream<Void> {
    AsyncStream { stream in
      stream.yield()
      stream.finish()
    }
  }
  func write(_ text: String) {}
  func readLine(_ prompt: Prompt) throws(InputEnd) -> String? { nil }
  func readPaste(_ paste: Paste) throws(InputEnd) -> [String] { [] }
  func readKey(_ prompt: String) throws(InputEnd) -> Character { throw .endOfInput }
}
