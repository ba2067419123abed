import Testing

@testable import Reports

/// Text fits into the window, in English and in Japanese.
struct LayoutTests {
  private func lines(_ text: String, columns: Int?, indent: Int = 0) -> [String] {
    Layout(ink: Ink(isColoured: false), columns: columns).paragraph(text, indent: indent)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test func wordsStayWhole() {
    #expect(
      lines("one client sees what a server shows", columns: 21)
        == ["one client sees what", "a server shows"])
    #expect(
      lines("one client sees what a server shows", columns: 23, indent: 2)
        == ["  one client sees what", "  a server shows"])
  }

  @Test func aWordThatIsTooLongHasALineOfItsOwn() {
    #expect(
      lines("see 'error:14090086:SSL routines' there", columns: 21)
        == ["see", "'error:14090086:SSL", "routines' there"])
    #expect(
      lines("a https://mail.example.com/a/long/page b", columns: 21)
        == ["a", "https://mail.example.com/a/long/page", "b"])
  }

  @Test func wideCharactersCountTwiceAndBreakAnywhere() {
    #expect(
      lines("証明書と中間証明書を送信する", columns: 21)
        == ["証明書と中間証明書を", "送信する"])
  }

  @Test func noLineBeginsWithAFullStopOrEndsWithABracket() {
    #expect(
      lines("リスナーの証明書です。次", columns: 21) == ["リスナーの証明書で", "す。次"])
    #expect(
      lines("リスナーの証明書を「使う」", columns: 21) == ["リスナーの証明書を", "「使う」"])
  }

  @Test func wordsWithinJapaneseStayWhole() {
    #expect(
      lines("変更を commit して終わる", columns: 21) == ["変更を commit して終", "わる"])
    #expect(
      lines("確定済みの設定は commit で", columns: 21) == ["確定済みの設定は", "commit で"])
  }

  @Test func furtherLinesStandUnderTheFirst() {
    let layout = Layout(ink: Ink(isColoured: false), columns: 31)
    #expect(
      layout.paragraph("one client sees what a server shows", behind: "証明書    ")
        == "証明書    one client sees what\n          a server shows")
  }

  @Test func withoutAWindowNothingIsBroken() {
    let text = String(repeating: "word ", count: 100) + "end"
    #expect(lines(text, columns: nil) == [text])
  }
}
