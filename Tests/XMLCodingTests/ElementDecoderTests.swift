import Foundation
import Testing
import XMLCoding

private enum Level: String, Codable, CaseIterable { case none, preferred }

private struct Listener: Codable, Equatable {
  var port: Int
  var level: Level?
  var policies: [Policy]?
  var domains: [String: Policy]?
  var isOpen: Bool?
  var since: Date?
}

private struct Policy: Codable, Equatable {
  var size: Int
}

private func decode(_ xml: String) throws -> (value: Listener, unknown: [String]) {
  let element = try XMLReader().read(Array(xml.utf8))
  return try ElementDecoder().decode(Listener.self, from: element, under: "config")
}

@Suite("Elements as values") struct ElementDecoderTests {
  @Test(
    "What is wrong is said in one sentence with its path",
    arguments: [
      ("<listener></listener>", "config/listener/port: the element is missing."),
      (
        "<listener><port>x</port></listener>",
        "config/listener/port: \"x\" is not a whole number from \(Int.min) to \(Int.max)."
      ),
      (
        "<listener><port>1</port><level>hot</level></listener>",
        "config/listener/level: \"hot\" is none of none, preferred."
      ),
      (
        "<listener><port>1</port><is_open>true</is_open></listener>",
        "config/listener/is_open: \"true\" is not yes or no."
      ),
      (
        "<listener><port>1</port><since>2026-02-30T00:00:00Z</since></listener>",
        "config/listener/since: \"2026-02-30T00:00:00Z\" is not a time such as "
          + "2026-11-24T18:00:12Z."
      ),
      (
        "<listener><port>1</port><policies><item/><item/></policies></listener>",
        "config/listener/policies/item[1]/size: the element is missing."
      ),
      (
        "<listener><port>1</port><domains><entry name='x.org'><size>a</size></entry></domains>"
          + "</listener>",
        "config/listener/domains/entry[x.org]/size: \"a\" is not a whole number from "
          + "\(Int.min) to \(Int.max)."
      ),
      (
        "<listener><port nil='yes'></port></listener>",
        "config/listener/port: the value is missing."
      ),
    ])
  func errors(_ xml: String, _ sentence: String) {
    let error = #expect(throws: DocumentError.self) { try decode(xml) }
    #expect(error?.description == sentence)
  }

  @Test(
    "What nobody asked for is named",
    arguments: [
      ("<listener><port>1</port><colour>red</colour></listener>", ["config/listener/colour"]),
      ("<listener><port>1</port><port>2</port></listener>", ["config/listener/port[2]"]),
      ("<listener><port unit='x'>1</port></listener>", ["config/listener/port/@unit"]),
      (
        "<listener><port>1</port><policies>stray</policies></listener>",
        ["config/listener/policies/text()"]
      ),
      (
        "<listener><port>1</port><policies><item><size>1</size></item><other/>"
          + "<item><size>2</size><deep><x/></deep></item></policies></listener>",
        ["config/listener/policies/other", "config/listener/policies/item[2]/deep"]
      ),
      (
        "<listener><port>1</port><domains><entry><size>1</size></entry><thing/>"
          + "<entry name='a' x='y'><size>1</size></entry></domains></listener>",
        [
          "config/listener/domains/entry", "config/listener/domains/thing",
          "config/listener/domains/entry[a]/@x",
        ]
      ),
      ("<listener name='In'><port>1</port></listener>", []),
      ("<listener><port>1</port><level nil='yes'/></listener>", []),
    ])
  func unknown(_ xml: String, _ paths: [String]) throws {
    #expect(try decode(xml).unknown == paths)
  }

  @Test("A value that tries two forms does not hide what only the first one knew")
  func attempts() throws {
    struct Either: Decodable {
      struct New: Decodable { var a: Int, b: Int }
      struct Old: Decodable { var a: Int }
      var a: Int
      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        a = try (try? container.decode(New.self))?.a ?? container.decode(Old.self).a
      }
    }
    let element = Element(
      "e", children: [Element("a", text: "1"), Element("b", text: "not a number")])
    let (value, unknown) = try ElementDecoder().decode(Either.self, from: element)
    #expect(value.a == 1)
    #expect(unknown == ["e/b"])
  }

  @Test("Layout, comments and blanks around numbers do not matter")
  func layout() throws {
    let xml = "<listener>\n <!-- c -->\n <port> 25\n </port><policies>\n </policies>\n</listener>"
    let (value, unknown) = try decode(xml)
    #expect(value == Listener(port: 25, policies: []))
    #expect(unknown.isEmpty)
  }

  @Test("A value's own error gets the path of its element")
  func ownError() {
    struct Refusing: Decodable {
      struct Refusal: Error, CustomStringConvertible { var description = "This name is taken." }
      init(from decoder: any Decoder) throws { throw Refusal() }
    }
    let element = Element("c", children: [Element("item")])
    let error = #expect(throws: DocumentError.self) {
      try ElementDecoder().decode([Refusing].self, from: element)
    }
    #expect(error?.description == "c/item[1]: This name is taken.")
  }
}
