import Foundation
import TestSupport
import Testing
import XMLCoding

/// Encodes, writes, reads and decodes again; nothing may be left over.
private func roundTrip<T: Codable>(_ value: T) throws -> T {
  let element = try ElementEncoder().encode(value, as: "value")
  let read = try XMLReader().read(XMLWriter().write(element))
  #expect(read.scalars == element.scalars)
  let (result, unknown) = try ElementDecoder().decode(T.self, from: read)
  #expect(unknown.isEmpty)
  return result
}

private enum Level: String, Codable, CaseIterable { case none, preferred, required }

private enum Route: Codable, Equatable {
  case host(name: String, port: Int)
  case direct
  case other(String?)
}

private struct Listener: Codable, Equatable {
  var hostName = "mail.example.com"
  var port: UInt16 = 25
  var isPublic = true
  var tlsLevel = Level.preferred
  var score: Double? = -1.5
  var banner: String?
  var note: String? = ""
  var since = Date(timeIntervalSince1970: 1_795_543_212)
  var key = Data([0, 1, 254, 255])
  var names: [String] = ["a", "", " b "]
  var none: [Int] = []
  var optionals: [String?] = [nil, "", "x", nil]
  var nested: [[Int]] = [[1, 2], [], [3]]
  var limits: [String: Int] = ["b.example": 2, "": 0, "a example <&\">": 1]
  var gaps: [String: Int?] = ["one": 1, "none": nil]
  var byNumber: [Int: String] = [7: "seven", -1: "minus"]
  var routes: [Route] = [.host(name: "h", port: 10), .direct, .other(nil), .other("")]
}

@Suite("Values as elements") struct ElementCodingTests {
  @Test("A value of every kind comes back equal")
  func everyKind() throws {
    #expect(try roundTrip(Listener()) == Listener())
  }

  @Test("The element tree is what a reader of the file expects")
  func layout() throws {
    struct Small: Codable {
      var hostName = "h"
      var isOn = false
      var empty: String?
      var list = [1, 2]
      var map = ["b": true, "a": false]
    }
    let element = try ElementEncoder().encode(Small(), as: "small")
    let expected = Element(
      "small",
      children: [
        Element("host_name", text: "h"), Element("is_on", text: "no"),
        Element("list", children: [Element("item", text: "1"), Element("item", text: "2")]),
        Element(
          "map",
          children: [
            Element("entry", attributes: ["name": "a"], text: "no"),
            Element("entry", attributes: ["name": "b"], text: "yes"),
          ]),
      ])
    #expect(element == expected)
  }

  @Test(
    "A text comes back to the code point",
    arguments: [
      "", " ", "  two  ", "\n", "\r\n", "a\rb\nc\td", "<&\">'", "é", "e\u{301}", "\u{85}\u{2028}",
      "😀\u{10FFFF}", "\u{FFFD}", "]]>", "<!-- x -->", "&amp;", "> ", "\u{7F}\u{9B}",
    ])
  func texts(_ text: String) throws {
    let result = try roundTrip([text])
    #expect(result.map { Array($0.unicodeScalars) } == [Array(text.unicodeScalars)])
    let optional = try roundTrip(["key": String?.some(text)])
    #expect(optional["key"]??.utf8.elementsEqual(text.utf8) == true)
  }

  @Test(
    "A time comes back to the last bit",
    arguments: [
      0, 0.5, -0.25, 1e-9, -1e-9, 817_236_012, 817_236_012.123_456_7, -978_307_200,
      -63_113_904_000, 252_423_993_599.5, 0.1 + 0.2, -1.000_000_1,
    ] as [TimeInterval])
  func times(_ seconds: TimeInterval) throws {
    let date = Date(timeIntervalSinceReferenceDate: seconds)
    #expect(try roundTrip([date]) == [date])
  }

  @Test("Whole seconds are written without a fraction")
  func wholeSeconds() throws {
    let date = Date(timeIntervalSince1970: 1_795_543_212)
    #expect(try ElementEncoder().encode(date, as: "t").text == "2026-11-24T18:00:12Z")
  }

  @Test("500 random times come back to the last bit")
  func randomTimes() throws {
    var random = SeededGenerator(seed: 11)
    let dates = (0..<500).map { _ in
      Date(timeIntervalSinceReferenceDate: Double.random(in: -6e10...2.5e11, using: &random))
    }
    #expect(try roundTrip(dates) == dates)
  }

  @Test("The largest and smallest numbers come back")
  func numbers() throws {
    #expect(try roundTrip([Int.min, .max]) == [.min, .max])
    #expect(try roundTrip([UInt64.max]) == [.max])
    let doubles = [0.1, -0.0, .pi, .leastNonzeroMagnitude, .greatestFiniteMagnitude, .infinity]
    #expect(try roundTrip(doubles).map(\.bitPattern) == doubles.map(\.bitPattern))
  }

  @Test("A subclass and its superclass share an element without losing a field")
  func classes() throws {
    let child = try roundTrip(Child())
    #expect(child.parentField == "p" && child.childField == 7)
  }

  @Test("What the caller hands over reaches the value in both directions")
  func userInfo() throws {
    let key = try #require(CodingUserInfoKey(rawValue: "mask"))
    let element = try ElementEncoder(userInfo: [key: "***"]).encode([Masked()], as: "m")
    #expect(element.children.map(\.text) == ["***"])
    let decoder = ElementDecoder(userInfo: [key: "seen"])
    #expect(try decoder.decode([Masked].self, from: element).value.map(\.text) == ["seen"])
  }

  @Test("A time that four digits cannot say is refused with its path")
  func lateDate() {
    let error = #expect(throws: DocumentError.self) {
      try ElementEncoder().encode(["x": [Date.distantFuture.addingTimeInterval(1e13)]], as: "c")
    }
    #expect(error?.path == "c/entry[x]/item[1]")
  }
}

private class Parent: Codable {
  var parentField = "p"
}

private final class Child: Parent {
  var childField = 7
  private enum Key: CodingKey { case childField }

  override init() { super.init() }

  required init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    childField = try container.decode(Int.self, forKey: .childField)
    try super.init(from: container.superDecoder())
  }

  override func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(childField, forKey: .childField)
    try super.encode(to: container.superEncoder())
  }
}

private struct Masked: Codable {
  var text = "secret"
  init() {}

  init(from decoder: any Decoder) throws {
    text = decoder.userInfo.values.compactMap { $0 as? String }.first ?? ""
    _ = try decoder.singleValueContainer().decode(String.self)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(encoder.userInfo.values.compactMap { $0 as? String }.first ?? text)
  }
}
