import TestSupport
import Testing
import XMLCoding

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
      ("URL", "_url"), ("redirectsToHTTPS", "redirects_to_https"), ("_0", "__0"),
      ("checksPeerFQDN", "checks_peer_fqdn"), ("maxURLsPerBody", "max_urls_per_body"),
      ("maxTLSConnections", "max_tls_connections"), ("bindDN", "bind_dn"), ("DNs", "_d_ns"),
      ("toHttps", "to_.48.ttps"), ("aUrls", "a_.55.rls"), ("TLSv", "_t_l_sv"), ("Tlsv", "_tlsv"),
      ("HTTPServer", "_h_t_t_p_server"), ("snake_case", "snake__case"), ("", "_.."),
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
    var random = SeededGenerator(seed: 5)
    let texts = (0..<300).map { _ in random.text(upTo: 5) } + ["a_b", "aB", "a__b", "a_B", "A_b"]
    let parts = [
      "TLS", "Tls", "tls", "TLSs", "s", "DN", "DNS", "S", "_", "URLs", "x", "HTTPS", "HTTP",
    ]
    let words = (0..<300).map { _ in
      (0..<3).compactMap { _ in parts.randomElement(using: &random) }.joined()
    }
    let names = Array(Set(texts + words))
    let encoded = try ElementEncoder().encode(Fields(names), as: "f")
    #expect(Set(encoded.children.map(\.name)).count == names.count)
    let (value, unknown) = try ElementDecoder().decode(Fields.self, from: encoded)
    #expect(value.names == names)
    #expect(unknown.isEmpty)
  }

  @Test("Names of earlier programs, spelled letter by letter, are understood; the new one counts")
  func earlierNames() throws {
    struct Settings: Codable, Equatable {
      var redirectsToHTTPS: Bool
      var maxURLsPerBody: Int?
    }
    let old = Element(
      "f",
      children: [
        Element("redirects_to_h_t_t_p_s", text: "yes"), Element("max_u_r_ls_per_body", text: "7"),
      ])
    let read = try ElementDecoder().decode(Settings.self, from: old)
    #expect(read.value == Settings(redirectsToHTTPS: true, maxURLsPerBody: 7))
    #expect(read.unknown.isEmpty)
    let both = Element("f", children: old.children + [Element("redirects_to_https", text: "no")])
    let newer = try ElementDecoder().decode(Settings.self, from: both)
    #expect(!newer.value.redirectsToHTTPS)
    #expect(newer.unknown == ["f/redirects_to_h_t_t_p_s"])
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
