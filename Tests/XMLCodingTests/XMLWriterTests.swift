import TestSupport
import Testing
import XMLCoding

private func text(_ bytes: [UInt8]) -> String {
  String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
}

@Suite("Writing XML") struct XMLWriterTests {
  @Test("A document is declaration, comment block and indented elements")
  func document() throws {
    let root = Element(
      "config",
      children: [
        Element("host_name", text: "mail.example.com"), Element("note"),
        Element(
          "list", attributes: ["b": "2", "a": "\"<\t"], children: [Element("item", text: " a é € ")]
        ),
      ])
    let written = try XMLWriter().write(
      root, comment: ["Product: C100V", "a -- b --- c-", "€\u{7}"])
    #expect(
      text(written) == """
        <?xml version="1.0" encoding="ISO-8859-1"?>
        <!--
          Product: C100V
          a - - b - - - c-
          ??
        -->
        <config>
          <host_name>mail.example.com</host_name>
          <note></note>
          <list a="&quot;&lt;&#9;" b="2">
            <item>&#32;a é &#8364;&#32;</item>
          </list>
        </config>

        """)
    #expect(written.contains(0xE9))
  }

  @Test("With CRLF every line ends so, and the text within comes back with its own line ends")
  func crlf() throws {
    let root = Element("config", children: [Element("pem", text: "a\nb\r\nc\n")])
    let written = try XMLWriter(lineEnd: .crlf).write(root, comment: ["x"])
    let lineFeeds = written.indices.filter { written[$0] == 0x0A }
    #expect(lineFeeds.count == 7)
    #expect(lineFeeds.allSatisfy { written[$0 - 1] == 0x0D })
    #expect(try XMLReader().read(written).scalars == root.scalars)
  }

  @Test("The end of a prompt stands nowhere in the elements")
  func noPrompt() throws {
    let root = Element("c", attributes: ["x": "> "], children: [Element("d", text: " > b> ")])
    #expect(!text(try XMLWriter().write(root)).contains("> "))
  }

  @Test("A comment can hold anything and stays a comment")
  func comments() throws {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<200 {
      let hyphens = String(repeating: "-", count: Int.random(in: 0...4, using: &random))
      let lines = [
        random.text(upTo: 9) + hyphens + ">", hyphens, "--" + random.text(upTo: 3) + "-",
      ]
      #expect(try XMLReader().read(XMLWriter().write(Element("c"), comment: lines)) == Element("c"))
    }
  }

  @Test(
    "Characters that XML forbids are refused by the path",
    arguments: ["\u{0}", "\u{1}", "\u{8}", "\u{B}", "\u{C}", "\u{1F}", "\u{FFFE}", "\u{FFFF}"])
  func forbidden(_ character: String) {
    let inText = Element(
      "config", children: [Element("a", children: [Element("b", text: "x\(character)")])])
    let error = #expect(throws: DocumentError.self) { try XMLWriter().write(inText) }
    #expect(error?.path == "config/a/b")
    let inAttribute = Element("config", attributes: ["k": character])
    let second = #expect(throws: DocumentError.self) { try XMLWriter().write(inAttribute) }
    #expect(second?.path == "config/@k")
  }

  @Test("A name that XML forbids is refused", arguments: ["", "1a", "a b", "-a", "a:b", "中", "a>"])
  func names(_ name: String) {
    #expect(throws: DocumentError.self) {
      try XMLWriter().write(Element("c", children: [Element(name)]))
    }
    #expect(throws: DocumentError.self) {
      try XMLWriter().write(Element("c", attributes: [name: "x"]))
    }
  }

  @Test("A tree that could not be read again is not written")
  func unreadable() {
    let mixed = Element("c", text: "x", children: [Element("d")])
    #expect(throws: DocumentError.self) { try XMLWriter().write(mixed) }
    var deep = Element("d")
    for _ in 0..<64 { deep = Element("d", children: [deep]) }
    #expect(throws: DocumentError.self) { try XMLWriter().write(deep) }
    #expect(throws: Never.self) { try XMLReader().read(XMLWriter().write(deep.children[0])) }
  }

  @Test("200 random trees come back exactly", arguments: 0..<200)
  func randomTrees(_ seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let tree = random.element(depth: 5)
    let writer = XMLWriter(lineEnd: seed.isMultiple(of: 2) ? .lineFeed : .crlf)
    let written = try writer.write(tree, comment: [random.text(upTo: 20)])
    let read = try XMLReader().read(written)
    #expect(read.scalars == tree.scalars)
    #expect(try writer.write(read) == writer.write(tree))
  }
}
