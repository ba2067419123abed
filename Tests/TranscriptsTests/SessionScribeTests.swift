import Dialogue
import Foundation
import Testing

@testable import Transcripts

struct SessionScribeTests {
  /// What happens at the terminal: something is typed, or the far end shows something.
  enum Happening {
    case keys(String)
    case shown(String)
  }

  /// Records what happens, a second apart.
  private func record(
    _ happenings: [Happening], isRedacted: Bool = false, in folder: Folder,
    window: WindowSize? = nil
  ) throws -> String {
    var scribe = try SessionScribe(
      file: folder.url.appending(path: "r.transcript"), isRedacted: isRedacted, window: window)
    var now = ContinuousClock.now
    for happening in happenings {
      now += .seconds(1)
      switch happening {
      case .keys(let keys): #expect(scribe.type(Array(keys.utf8), at: now) == Array(keys.utf8))
      case .shown(let text): scribe.show(text.utf8, at: now)
      }
    }
    try scribe.finish()
    return try folder.read("r.transcript")
  }

  @Test(
    "a session is written as it looked",
    arguments: [
      (
        [
          .shown("Hi\r\nx.y> "), .keys("who\r"), .shown("who\r\nme\r\nx.y> "), .keys("exit\r"),
          .shown("exit\r\n"),
        ],
        "Hi\nx.y> who\nme\nx.y> exit\n"
      ),
      // Corrected, completed, called back.
      ([.shown("x.y> "), .keys("ax\u{7F}b\r"), .shown("ax\u{8} \u{8}b\r\n")], "x.y> ab\n"),
      ([.shown("x.y> "), .keys("wh\t\r"), .shown("whoami \r\n")], "x.y> whoami\n"),
      ([.shown("x.y> "), .keys("\u{1B}[A\r"), .shown("date\r\n")], "x.y> date\n"),
      ([.shown("Sure? [Y]> "), .keys("\r"), .shown("\r\nok\r\n")], "Sure? [Y]> \nok\n"),
      // Without echo.
      ([.shown("Word: "), .keys("s3\u{7F}4\r"), .shown("\r\nok\r\n")], "Word: \n%secret s4\nok\n"),
      ([.shown("Word:\r\n"), .keys("s3\r"), .shown("\r\nok\r\n")], "Word:\n%secret s3\nok\n"),
      ([.shown("Word: "), .keys("\u{3}"), .shown("\r\nx.y> ")], "Word: \n%key ^C\nx.y> \n"),
      (
        [.shown("Word: "), .keys("s3\u{1B}[D\u{1B}OC4\r"), .shown("\r\nok\r\n")],
        "Word: \n%secret s34\nok\n"
      ),
      // Called back and given up: an empty answer, seen on the screen alone.
      (
        [
          .shown("Name []> "), .keys("a\u{1B}[A"), .shown("a"), .shown("\u{8} \u{8}"),
          .keys("\r"), .shown("\r\nok\r\n"),
        ],
        "Name []> \nok\n"
      ),
      // Keys.
      ([.shown("x.y> "), .keys("ab\u{3}"), .shown("^C\r\n")], "x.y> \n%key ^C\n"),
      ([.shown("x.y> "), .keys("\u{4}")], "x.y> \n%key ^D\n"),
      (
        [
          .shown("a\r\n-Press Any Key For More-"), .keys(" "),
          .shown("\r                        \rb\r\n"),
        ],
        "a\n-Press Any Key For More-\n%key SPACE\nb\n"
      ),
      // What would mean something else in a transcript.
      (
        [.shown("%a\r\n...\r\nx [..]\r\nx.y> "), .keys("[..]\r"), .shown("[..]\r\n")],
        "\\%a\n\\...\nx \\[..]\nx.y> [..]\n"
      ),
      // Pasted.
      (
        [
          .shown("Paste:\r\n"), .keys("a\r"), .shown("a\r\n"), .keys("\r"), .shown("\r\n"),
          .keys("%b\r"), .shown("%b\r\n"), .keys(".\r"), .shown(".\r\nok\r\n"),
        ],
        "Paste:\na\n\n\\%b\n.\nok\n"
      ),
      (
        [.shown("Paste:\r\n"), .keys("a\r"), .shown("a\r\n"), .keys("\u{4}"), .shown("ok\r\n")],
        "Paste:\na\n%key ^D\nok\n"
      ),
    ] as [([Happening], String)])
  func writesDown(_ happenings: [Happening], _ text: String) throws {
    let written = try record(happenings, in: try Folder())
    #expect(
      written.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        .map(\.droppingTrailingBlanks)
        == text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        .map(\.droppingTrailingBlanks))
  }

  @Test func keysTypedAheadWaitForTheirPrompt() throws {
    let folder = try Folder()
    var scribe = try SessionScribe(
      file: folder.url.appending(path: "r.transcript"), window: nil)
    let now = ContinuousClock.now
    scribe.show("x.y> ".utf8, at: now)
    #expect(scribe.type(Array("ask\rs3cret\rexit\r".utf8), at: now) == Array("ask\r".utf8))
    scribe.show("ask\r\n".utf8, at: now)
    #expect(scribe.release(at: now + .milliseconds(10)).isEmpty)
    scribe.show("Word: ".utf8, at: now)
    #expect(scribe.release(at: now + .milliseconds(100)) == Array("s3cret\r".utf8))
    scribe.show("\r\nx.y> ".utf8, at: now + .milliseconds(110))
    #expect(scribe.release(at: now + .milliseconds(110)) == Array("exit\r".utf8))
    scribe.show("exit\r\n".utf8, at: now + .milliseconds(120))
    try scribe.finish()
    #expect(try folder.read("r.transcript") == "x.y> ask\nWord: \n%secret s3cret\nx.y> exit\n")
  }

  @Test func keysTypedAheadDoNotTurnTheNextPage() throws {
    let folder = try Folder()
    var scribe = try SessionScribe(file: folder.url.appending(path: "r.transcript"), window: nil)
    let now = ContinuousClock.now
    scribe.show("-Press Any Key For More-".utf8, at: now)
    #expect(scribe.type(Array(" exit\r".utf8), at: now) == [32])
    #expect(scribe.release(at: now + .milliseconds(500)).isEmpty)
    scribe.show("\r                        \rx.y> ".utf8, at: now + .milliseconds(600))
    #expect(scribe.release(at: now + .milliseconds(600)) == Array("exit\r".utf8))
    scribe.show("exit\r\n".utf8, at: now + .milliseconds(700))
    try scribe.finish()
    #expect(
      try folder.read("r.transcript") == "-Press Any Key For More-\n%key SPACE\nx.y> exit\n")
  }

  @Test func interruptNeverWaits() throws {
    let folder = try Folder()
    var scribe = try SessionScribe(
      file: folder.url.appending(path: "r.transcript"), window: nil)
    let now = ContinuousClock.now
    scribe.show("x.y> ".utf8, at: now)
    #expect(scribe.type(Array("tail\rmore".utf8), at: now) == Array("tail\r".utf8))
    #expect(scribe.type([3], at: now) == [3])
    #expect(scribe.release(at: now + .seconds(60)).isEmpty)
  }

  @Test func redactedRecordingHoldsNoSecret() throws {
    let folder = try Folder()
    let key = ["-----BEGIN PRIVATE KEY-----", "bWluZQ==", "-----END PRIVATE KEY-----", "."]
    let happenings: [Happening] =
      [.shown("Word: "), .keys("s3cret\r"), .shown("\r\nPaste (end with '.'):\r\n")]
      + key.flatMap { [.keys($0 + "\r"), .shown($0 + "\r\n")] } + [.shown("x.y> ")]
    let text = try record(happenings, isRedacted: true, in: folder)
    #expect(
      text
        == "Word: \n%secret {{secret}}\nPaste (end with '.'):\n%paste {{secret}}\nx.y>\n")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).count == 1)
  }

  @Test(
    "a pasted key is seen nowhere, however the paste ends",
    arguments: ["\u{3}", "\u{4}", "bWlu", ""])
  func cutOffKey(_ end: String) throws {
    let folder = try Folder()
    let begin = "-----BEGIN PRIVATE KEY-----"
    let text = try record(
      [.shown("Press CTRL-D when done.\r\n"), .keys(begin + "\r"), .shown(begin + "\r\n")]
        + [.keys("c2VjcmV0\r"), .shown("c2VjcmV0\r\n"), .keys(end), .shown(end)],
      isRedacted: true, in: folder)
    #expect(!text.contains("PRIVATE") && !text.contains("c2VjcmV0") && !text.contains("bWlu"))
  }

  @Test func pastedKeyGoesIntoAFileOfItsOwn() throws {
    let folder = try Folder()
    let key = ["-----BEGIN PRIVATE KEY-----", "bWluZQ==", "-----END PRIVATE KEY-----"]
    let text = try record(
      [.shown("Paste:\r\n")] + (key + ["."]).flatMap { [.keys($0 + "\r"), .shown($0 + "\r\n")] },
      in: folder, window: WindowSize(rows: 24, columns: 80))
    #expect(text == "---\nwindow: 24x80\n---\nPaste:\n%paste r.paste1\n")
    #expect(try folder.read("r.paste1") == key.joined(separator: "\n") + "\n")
  }
}
