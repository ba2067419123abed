import Dialogue
import DialogueTestSupport
import Foundation
import Testing

@Suite struct PagerTests {
  private static let lines = (1...10).map { "line \($0)" }.joined(separator: "\n")

  private func page(_ keys: [String?], rows: Int?, text: String = lines) async throws -> String {
    let window = rows.map { WindowSize(rows: $0, columns: 20) }
    let terminal = ScriptedTerminal(keys, window: window)
    try await Conversation(on: terminal).page(text)
    return terminal.screen
  }

  @Test("A page is one row less than the window, and a key goes on")
  func pages() async throws {
    let screen = try await page([" ", "x", "y"], rows: 5)
    let parts = screen.components(separatedBy: "-Press Any Key For More-")
    #expect(parts.map { $0.split(separator: "\n").count } == [4, 4, 2])
    #expect(parts.joined() == Self.lines + "\n")
  }

  @Test("q drops the rest", arguments: ["q", "Q"])
  func quit(_ key: String) async throws {
    #expect(try await page([key], rows: 5).hasSuffix("line 4\n-Press Any Key For More-"))
  }

  @Test("Nothing is paged without a window, or when all fits", arguments: [nil, 11, 40])
  func unpaged(_ rows: Int?) async throws {
    #expect(try await page([], rows: rows) == Self.lines + "\n")
  }

  @Test("A long line counts as many rows as it fills")
  func longLines() async throws {
    let text = String(repeating: "x", count: 41) + "\nlast"
    let screen = try await page([" "], rows: 4, text: text)
    #expect(screen.contains("x\n-Press Any Key For More-last"))
  }

  @Test("Paging can be switched off")
  func off() async throws {
    let terminal = ScriptedTerminal([], window: WindowSize(rows: 3, columns: 20))
    let conversation = Conversation(on: terminal)
    conversation.setPaging(false)
    try await conversation.page(Self.lines)
    #expect(terminal.screen == Self.lines + "\n")
  }

  @Test("A table cuts values to its columns and shows no blanks at line ends")
  func table() async throws {
    let terminal = ScriptedTerminal([])
    try await Conversation(on: terminal).table(
      [Column("Name", width: 5), Column("Wide")], [["abcdefgh", "x"], ["é", ""]])
    #expect(terminal.screen == "Name   Wide\n-----  ----\nabcde  x\né\n")
  }
}
