import Dialogue
import Testing

@testable import Reports

/// Pages: what is put into them is escaped, and they load nothing.
@Suite struct HTMLTests {
  @Test func whatIsPutInIsEscapedOnce() {
    let name = "<script>alert(\"x\") & 'y'</script>"
    let piece: HTML = "<b title=\"\(name)\">\(name)</b>"
    let escaped = "&lt;script&gt;alert(&quot;x&quot;) &amp; &#39;y&#39;&lt;/script&gt;"
    #expect(piece.source == "<b title=\"\(escaped)\">\(escaped)</b>")
    let outer: HTML = "\([piece, piece])\(7)"
    #expect(outer.source == piece.source + piece.source + "7")
  }

  @Test func aLetterBeforeAMarkHidesIt() {
    // To Swift, U+0D4E and what stands behind it are one character.
    let piece: HTML = "\("\u{0D4E}<img src=x>\u{0D4E}\"\u{0D4E}&")"
    #expect(piece.source == "\u{0D4E}&lt;img src=x&gt;\u{0D4E}&quot;\u{0D4E}&amp;")
  }

  @Test func aPageNeedsNothingButItself() {
    let page = HTML.page(title: "a < b", style: "p { margin: 0; }", body: "<p>text</p>\n")
    #expect(page.contains("<title>a &lt; b</title>"))
    #expect(page.contains("default-src 'none'; style-src 'unsafe-inline'"))
    for word in ["http:", "https:", "src=", "@import", "url(", "<script", "<link"] {
      #expect(!page.contains(word), "\(word)")
    }
    #expect(page.contains("prefers-color-scheme: dark"))
  }

  @Test func coloursAreForTerminalsOnly() {
    #expect(Ink(isColoured: true)("x", .bad) == "\u{1B}[31mx\u{1B}[0m")
    #expect(Ink(isColoured: true)("", .bad) == "")
    #expect(Ink(isColoured: false)("x", .bad) == "x")
    func colour(_ isTerminal: Bool, _ environment: [String: String]) -> Bool {
      Ink(isTerminal: isTerminal, environment: environment)("x", .good) != "x"
    }
    #expect(colour(true, ["TERM": "xterm"]))
    #expect(colour(true, ["NO_COLOR": ""]))
    #expect(!colour(true, ["NO_COLOR": "1"]))
    #expect(!colour(true, ["TERM": "dumb"]))
    #expect(!colour(false, ["TERM": "xterm"]))
  }

  @Test func aStrangersWordsMoveNoCursor() {
    #expect("a\u{1B}[2Jb\u{202E}c\r\n".printable == "a\u{FFFD}[2Jb\u{FFFD}c\u{FFFD}\u{FFFD}")
  }
}

/// Columns: what is wide on a screen takes its place.
@Suite struct AlignedColumnsTests {
  @Test(
    "The columns of a text",
    arguments: [
      ("", 0), ("mail", 4), ("証明書", 6), ("ﾒｰﾙ", 3), ("ｍ", 2), ("e\u{301}", 1), ("✔·█", 3),
      ("한글", 4), ("😀", 2), ("a\u{200B}b", 2),
    ])
  func width(_ text: String, _ width: Int) { #expect(text.screenWidth == width) }

  @Test func cellsStandUnderEachOther() {
    let rows = [["Name", "Mark", "Title"], ["慧", "✔", "中間証明書"], ["bob", "", "x"]]
    let columns = AlignedColumns(fitting: rows)
    #expect(
      rows.map { columns.line($0) } == ["Name  Mark  Title", "慧    ✔     中間証明書", "bob         x"])
    #expect(columns.rule == "----  ----  ----------")
    #expect(columns.line(["a", "b"]) { "<\($0)>" } == "<a>     <b>")
  }
}
