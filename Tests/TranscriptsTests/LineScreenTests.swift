import Testing

@testable import Transcripts

struct LineScreenTests {
  private func screen(_ pieces: String..., columns: Int = 80) -> LineScreen {
    var screen = LineScreen(columns: columns)
    for piece in pieces { screen.show(piece.utf8) }
    return screen
  }

  @Test(
    "what is shown on a line",
    arguments: [
      ("a\r\n", ["a"], ""),
      ("a\r\r\nb", ["a"], "b"),
      ("exot\u{8}\u{8}it\r\n", ["exit"], ""),
      ("ab\u{8} \u{8}", [], "a"),
      ("-More-\r      \rnext\r\n", ["next  "], ""),
      ("-More-\r      \r> ", [], "> "),
      ("\u{1B}[1mred\u{1B}[0m\u{1B}]0;title\u{7}!\r\n", ["red!"], ""),
      ("\u{1B}]0;title\u{1B}\\x\u{1B}(By", [], "xy"),
      ("abcdef\u{1B}[3D\u{1B}[K", [], "abc"),
      ("abef\u{8}\u{8}\u{1B}[2@cd\u{1B}[C", [], "abcde"),
      ("abXXcd\r\u{1B}[2C\u{1B}[2P\u{1B}[2C", [], "abcd"),
      ("a\tb\u{7}\u{0}\r\n", ["a\tb"], ""),
      ("żółć €😀\r\n", ["żółć €😀"], ""),
      ("証明\u{8}\u{8}書\u{8}\u{8}\u{1B}[C\u{1B}[Cx", [], "証書x"),
      ("証明書\u{1B}[2D\u{1B}[K", [], "証明"),
      ("証明書\r\u{1B}[2C\u{1B}[2P\u{1B}[2C", [], "証書"),
      ("証明\u{8}x", [], "証 x"),
      ("明a\r\u{1B}[C\u{1B}[K", [], " "),
      ("e\u{301}x\u{8}\u{8}a\r\n", ["ax"], ""),
    ])
  func line(_ bytes: String, _ lines: [String], _ tail: String) {
    var screen = screen(bytes)
    #expect(screen.takeLines() == lines)
    #expect(screen.tail == tail)
  }

  @Test func lineThatIsLongerThanTheWindowIsOneLine() {
    var screen = screen("0123456789\rabc\r\n", "0123456789", "abc\rA\r\n", columns: 10)
    #expect(screen.takeLines() == ["abc3456789", "0123456789Abc"])
  }

  @Test func aWideCharacterIsNotCutByTheWindow() {
    var screen = screen("ab証\u{8}\u{8}書\rX", columns: 3)
    #expect(screen.tail == "abX")
    screen.show("\nabc\u{301}\n".utf8)
    #expect(screen.takeLines() == ["abX ", "abc\u{301}"])
  }

  @Test func editorMayGoDownAndUpWithinALine() {
    let back = "\r\u{1B}[K\u{1B}[A\u{1B}[10G\u{1B}[K"
    var screen = screen(
      "0123456789ab", back, "\r\n\u{1B}[K\u{1B}[A\u{1B}[10Gx\r\n", columns: 10)
    #expect(screen.takeLines() == ["012345678x"])
    screen.show("0123456789abc\u{1B}[A\rX\r\nY\r\n".utf8)
    #expect(screen.takeLines() == ["X123456789Ybc"])
  }

  @Test func windowMayChange() {
    var screen = screen("0123456", columns: 10)
    screen.columns = 5
    screen.show("789\rX\r\n0123456\rX\n".utf8)
    #expect(screen.takeLines() == ["0123456X89", "01234X6"])
  }

  @Test func charactersMayComeInPieces() {
    var screen = LineScreen(columns: 80)
    for byte in "é€😀\u{1B}[31mx\n".utf8 { screen.show([byte]) }
    #expect(screen.takeLines() == ["é€😀x"])
  }

  @Test func bytesThatAreNoTextArePassedOver() {
    var screen = LineScreen(columns: 80)
    screen.show([0xff, 0x61, 0xc3, 0x0a])
    // U+009B is the control that ESC [ stands for.
    screen.show("b\u{9B}c\n".utf8)
    #expect(screen.takeLines() == ["a", "bc"])
  }

  @Test(arguments: Array("ABCDGJKP@"))
  func numbersMayBeAsLargeAsTheyLike(final: Character) {
    let screen = screen("0123456789ab\u{1B}[\(Int.max)\(final)", columns: 10)
    #expect(screen.tail.count <= 20)
  }

  @Test func anyBytesAreBorne() {
    let alphabet = Array("\u{8}\n\r\u{1B}[ABCDGJKP@1259;a é証\u{301}".utf8)
    for _ in 0..<200 {
      var screen = LineScreen(columns: Int.random(in: 1...12))
      screen.show((0..<300).compactMap { _ in alphabet.randomElement() })
      // Whatever was begun is over then: no line has more rows than there were bytes.
      screen.show("\u{7}mm".utf8)
      screen.show(repeatElement(UInt8(ascii: "\n"), count: 310))
      _ = screen.takeLines()
      screen.show("a\n".utf8)
      #expect(screen.takeLines() == ["a"])
    }
  }
}
