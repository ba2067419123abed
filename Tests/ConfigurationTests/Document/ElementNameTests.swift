import Configuration
import Testing

/// A value with fields of any name.
private struct Fields: Codable, Equatable {
  struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  var names: [String]
  init(_ names: [String]) { self.names = names }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    names = try container.allKeys.map { key in
      _ = try container.decode(Int.self, forKey: key)
      return key.stringValue
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    for name in names { try container.encode(1, forKey: Key(stringValue: name)) }
  }
}

@Suite("Names of properties as names of elements") struct ElementNameTests {
  @Test(
    "A property is written in snake case",
    arguments: [
      ("hostName", "host_name"), ("port", "port"), ("ipV6Address", "ip_v6_address"),
      ("URL", "_u_r_l"), ("_0", "__0"), ("snake_case", "snake__case"), ("", "_.."),
      ("9lives", "_.39.lives"), ("a b", "a_.20.b"), ("größe", "gr_.f6._.df.e"),
    ])
  func spelling(_ property: String, _ element: String) throws {
    let encoded = try ElementEncoder().encode(Fields([property]), as: "f")
    #expect(encoded.children.map(\.name) == [element])
    let read = try XMLReader().read(XMLWriter().write(encoded))
    #expect(try ElementDecoder().decode(Fields.self, from: read).value.names == [property])
  }

  @Test("300 random names come back, and no two share an element")
  func randomNames() throws {
    var random = DocumentRandom(seed: 5)
    let texts = (0..<300).map { _ in random.text(upTo: 5) } + ["a_b", "aB", "a__b", "a_B", "A_b"]
    let names = Array(Set(texts))
    let encoded = try ElementEncoder().encode(Fields(names), as: "f")
    #expect(Set(encoded.children.map(\.name)).count == names.count)
    let (value, unknown) = try ElementDecoder().decode(Fields.self, from: encoded)
    #expect(value.names == names)
    #expect(unknown.isEmpty)
  }

  @Test(
    "A name that no property has is unknown, not taken for another",
    arguments: ["host_9", "a_", "_.61.", "x_.zz.y", "x_.20", "hostName", "_.D.", "_.20.x_.."])
  func foreignNames(_ name: String) throws {
    let element = Element("f", children: [Element(name, text: "1")])
    let (value, unknown) = try ElementDecoder().decode(Fields.self, from: element)
    #expect(value.names.isEmpty)
    #expect(unknown == ["f/\(name)"])
  }
}
