import Foundation
import TestSupport
import Testing
import XMLCoding

private func read(_ xml: String, _ limits: XMLLimits = .standard) throws -> Element {
  try XMLReader(limits: limits).read(Array(xml.utf8))
}

private func refusal(_ xml: String, _ limits: XMLLimits = .standard) -> String? {
  #expect(throws: XMLReadError.self) { try read(xml, limits) }?.description
}

@Suite("Reading XML") struct XMLReaderTests {
  @Test(
    "What is wrong is said in one sentence with its line",
    arguments: [
      ("", "Line 1: the document holds no element."),
      (" \n\n", "Line 3: the document holds no element."),
      ("<config>\n<a>\n", "Line 2: the document ends before </a>."),
      ("<config>\n <a></b>\n</config>", "Line 2: the end tag does not fit <a>."),
      ("<a/>\n<b/>", "Line 2: something follows the end of the root element."),
      ("<a/>\njunk", "Line 2: something follows the end of the root element."),
      ("<a>\n&foo;</a>", "Line 2: the entity &foo; is not known."),
      ("<a>\n\n&#1;</a>", "Line 3: there is a character that XML cannot hold."),
      ("<a>\n\u{1}</a>", "Line 2: there is a character that XML cannot hold."),
      ("<a>\n\u{0}</a>", "Line 2: there is a character that XML cannot hold."),
      ("\u{0}\u{0}\u{0}<?xml", "Line 1: there is a character that XML cannot hold."),
      ("\n\u{0}\u{0}\u{0}<a/>", "Line 2: there is a character that XML cannot hold."),
      ("<a x='1' x='2'/>", "Line 1: an element has the same attribute twice."),
      ("<a>text<b/></a>", "Line 1: text and elements stand side by side in <a>."),
      ("<p:a/>", "Line 1: a name has a prefix that is not declared."),
      ("<?xml version='1.1'?><a/>", "Line 1: the XML version is not 1.0."),
      (
        "<?xml version='1.0' encoding='windows-1252'?><a/>",
        "Line 1: the encoding is none of UTF-8, ISO-8859-1 and UTF-16."
      ),
      (
        "<?xml version='1.0' encoding='UTF-16'?><a/>",
        "Line 1: the document is not in the encoding that it names."
      ),
      ("just text", "Line 1: the document holds no element."),
    ])
  func refusals(_ xml: String, _ sentence: String) {
    #expect(refusal(xml) == sentence)
  }

  @Test(
    "No document type brings an entity in",
    arguments: [
      "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>",
      "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>",
      "<!DOCTYPE a SYSTEM 'x' [ ]><a/>",
      "<!-- c --><?p?>\n<!DOCTYPE a [<!ENTITY % p SYSTEM 'file:///etc/passwd'> %p;]><a/>",
      "<!DOCTYPE a><!DOCTYPE b [<!ENTITY e 'x'>]><a>&e;</a>",
      "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a>&e;</a>",
      "<!-- -- --><!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>",
      "<!DOCTYPE a \"[\" '>' [<!ENTITY e 'x'>]><a>&e;</a>",
      "<!DOCTYPE a",
      "<a><!DOCTYPE a [<!ENTITY e 'x'>]>&e;</a>",
    ])
  func documentTypes(_ xml: String) {
    #expect(refusal(xml) != nil)
    // The same in UTF-16, where a look at the bytes alone would miss it.
    let units = [0xFEFF] + Array(xml.utf16)
    let bytes = units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    #expect(throws: XMLReadError.self) { try XMLReader().read(bytes) }
  }

  @Test("The appliance's own document type is passed over, and the lines still count")
  func outsideDocumentType() throws {
    let head =
      "<?xml version=\"1.0\"\n encoding=\"ISO-8859-1\"?>\n<!DOCTYPE a\n SYSTEM \"a.dtd\">\n"
    #expect(try read(head + "<a>x</a>") == Element("a", text: "x"))
    #expect(refusal(head + "<a></b>") == "Line 5: the end tag does not fit <a>.")
  }

  @Test(
    "Every accepted encoding gives the same text",
    arguments: [
      ("UTF-8", String.Encoding.utf8), ("utf8", .utf8), ("ISO-8859-1", .isoLatin1),
      ("latin1", .isoLatin1), ("UTF-16", .utf16), ("UTF-16", .utf16BigEndian),
      ("utf-16le", .utf16LittleEndian),
    ])
  func encodings(_ name: String, _ encoding: String.Encoding) throws {
    let xml = "<?xml version=\"1.0\" encoding=\"\(name)\"?>\n<a>é\u{9B}ÿ &#128512;</a>"
    let bytes = try #require(xml.data(using: encoding))
    let element = try XMLReader().read(Array(bytes))
    #expect(Array(element.text.unicodeScalars) == Array("é\u{9B}ÿ 😀".unicodeScalars))
  }

  @Test("A byte order mark of UTF-8 is no content")
  func byteOrderMark() throws {
    #expect(try read("\u{FEFF}<a>x</a>") == Element("a", text: "x"))
  }

  @Test("Bytes that are not in the encoding are refused, with their line in UTF-8")
  func wrongBytes() {
    let latin = Array("<a>\n\n".utf8) + [0xE9] + Array("</a>".utf8)
    let error = #expect(throws: XMLReadError.self) { try XMLReader().read(latin) }
    #expect(error?.description == "Line 3: a byte is not valid UTF-8.")
    #expect(throws: XMLReadError.self) { try XMLReader().read([0xFE, 0xFF, 0, 0x3C, 0]) }
    #expect(throws: XMLReadError.self) { try XMLReader().read([0xFE, 0xFF, 0xD8, 0, 0, 0x3C]) }
  }

  @Test("An instruction may lack data, wherever it stands")
  func bareInstructions() throws {
    let xml = "<?x?>\n<a b='>?x?>'>1<?y?>2<!--<?z?>--><![CDATA[<?x?>]]><?v w?></a>\n<?u?>"
    #expect(
      try read(xml) == Element("a", attributes: ["b": ">?x?>"], text: "12<?x?>"))
    #expect(refusal("<a>\n<?x?>\n</b>") == "Line 3: the end tag does not fit <a>.")
    #expect(refusal("<a><?x?></a><?x") != nil)
    #expect(refusal("<a><?") != nil)
  }

  @Test("Sections and references are part of the text, comments and instructions are not")
  func textParts() throws {
    #expect(
      try read("<a> x<![CDATA[ <&> ]]><!-- c -->&lt;<?p q?>&#x41;\r\ny\r</a>")
        == Element("a", text: " x <&> <A\ny\n"))
  }

  @Test("Each limit holds at its value and refuses one more")
  func limits() throws {
    var limits = XMLLimits()
    limits.depth = 3
    #expect(throws: Never.self) { try read("<a><b><c/></b></a>", limits) }
    #expect(refusal("<a><b><c><d/></c></b></a>", limits)?.contains("deeper than 3") == true)
    limits.attributes = 1
    #expect(throws: Never.self) { try read("<a x=''/>", limits) }
    #expect(refusal("<a x='' y=''/>", limits)?.contains("more than 1 attributes") == true)
    limits.attributeBytes = 4
    #expect(throws: Never.self) { try read("<a x='123'/>", limits) }
    #expect(refusal("<a x='1234'/>", limits)?.contains("longer than 4 bytes") == true)
    limits.textBytes = 4
    #expect(throws: Never.self) { try read("<a>12é</a>", limits) }
    #expect(refusal("<a>12&#51;é</a>", limits)?.contains("longer than 4 bytes") == true)
    limits.elements = 2
    #expect(throws: Never.self) { try read("<a><b/></a>", limits) }
    #expect(refusal("<a><b/><b/></a>", limits)?.contains("more than 2 elements") == true)
    limits.bytes = 4
    #expect(throws: Never.self) { try read("<a/>", limits) }
    #expect(refusal("<ab/>", limits)?.contains("larger than 4 bytes") == true)
  }

  @Test("A text of eight mebibytes and a name of a hundred thousand letters are no trouble")
  func large() throws {
    let long = String(repeating: "x", count: 8 << 20)
    #expect(try read("<a>\(long)</a>").text == long)
    let references = String(repeating: "&#10;", count: 200_000)
    #expect(try read("<a>\(references)</a>").text.utf8.count == 200_000)
    #expect(refusal("<\(String(repeating: "n", count: 100_000))>") != nil)
    #expect(refusal(String(repeating: "<a>", count: 100_000))?.contains("deeper") == true)
  }

  @Test("A document of twenty megabytes is read whole, and its last line is counted right")
  func manyBytes() throws {
    let item = "<b>" + String(repeating: "0123456789", count: 100_000) + "</b>\n"
    let xml = "<a>\n" + String(repeating: item, count: 20)
    let root = try read(xml + "</a>")
    #expect(root.children.count == 20)
    #expect(root.children.allSatisfy { $0.text.utf8.count == 1_000_000 })
    #expect(refusal(xml + "</c>") == "Line 22: the end tag does not fit <a>.")
  }

  @Test(
    "Where the parser cuts the document into pieces does not show",
    arguments: [
      ("\r\n", "\n"), ("\r", "\n"), ("é", "é"), ("€", "€"), ("😀", "😀"), ("&#128512;", "😀"),
      ("&amp;", "&"), ("<![CDATA[\r\n]]>", "\n"), ("<!-- \r\n -->x", "x"), ("]] >", "]] >"),
    ])
  func pieces(_ written: String, _ meant: String) throws {
    // Every place in a unit falls on a cut, as each lead is one byte longer than the one before.
    for lead in 0..<written.utf8.count {
      let count = 600_000 / written.utf8.count
      let padding = String(repeating: "x", count: lead)
      let text = try read("<a>\(padding)\(String(repeating: written, count: count))</a>").text
      #expect(text.utf8.elementsEqual((padding + String(repeating: meant, count: count)).utf8))
    }
  }

  @Test("A long section is cut at no character")
  func longSection() throws {
    let long = String(repeating: "é€😀x", count: 60_000)
    #expect(try read("<a><![CDATA[\(long)]]></a>").text.utf8.elementsEqual(long.utf8))
  }

  @Test("A damaged document is refused or reads as some tree; it never reads as more than it says")
  func damage() throws {
    var random = SeededGenerator(seed: 9)
    let whole = try XMLWriter().write(random.element(depth: 4), comment: ["x"])
    var refused = 0
    for _ in 0..<2000 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
          in: .min ... .max, using: &random)
      }
      do {
        let element = try XMLReader().read(bytes)
        #expect(try XMLReader().read(XMLWriter().write(element)).scalars == element.scalars)
      } catch let error as XMLReadError {
        refused += 1
        #expect(error.line >= 1 && !error.reason.hasSuffix("."))
      } catch is DocumentError {
        continue  // a name outside Latin-1 can be read and not written
      }
    }
    #expect(refused > 100)
    for count in 0..<whole.count - 1 {
      #expect(throws: XMLReadError.self) { try XMLReader().read(Array(whole[..<count])) }
    }
  }
}
