import Testing

@testable import LDAP

@Suite struct FilterTests {
  private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  static let examples: [(String, SearchFilter)] = [
    ("(mail={a})", .comparison(.equal, attribute: "mail", value: bytes("{a}"))),
    ("(cn=)", .comparison(.equal, attribute: "cn", value: [])),
    ("(uidNumber>=5)", .comparison(.greaterOrEqual, attribute: "uidNumber", value: bytes("5"))),
    ("(uidNumber<=5)", .comparison(.lessOrEqual, attribute: "uidNumber", value: bytes("5"))),
    ("(sn~=Meyer)", .comparison(.approximate, attribute: "sn", value: bytes("Meyer"))),
    ("(cn;lang-de=Jörg)", .comparison(.equal, attribute: "cn;lang-de", value: bytes("Jörg"))),
    (
      #"(o=Parens R Us \28for all\29)"#,
      .comparison(.equal, attribute: "o", value: bytes("Parens R Us (for all)"))
    ),
    (#"(cn=\2A)"#, .comparison(.equal, attribute: "cn", value: bytes("*"))),
    ("(mail=*)", .present(attribute: "mail")),
    ("(cn=a*)", .substrings(attribute: "cn", initial: bytes("a"), any: [], final: nil)),
    ("(cn=*a)", .substrings(attribute: "cn", initial: nil, any: [], final: bytes("a"))),
    (
      "(cn=a*b*c)",
      .substrings(attribute: "cn", initial: bytes("a"), any: [bytes("b")], final: bytes("c"))
    ),
    ("(!(cn=a))", .not(.comparison(.equal, attribute: "cn", value: bytes("a")))),
    (
      "(|(mail={a})(proxyAddresses=smtp:{a}))",
      .or([
        .comparison(.equal, attribute: "mail", value: bytes("{a}")),
        .comparison(.equal, attribute: "proxyAddresses", value: bytes("smtp:{a}")),
      ])
    ),
    (
      "(&(a=1)(|(b=2)))",
      .and([
        .comparison(.equal, attribute: "a", value: bytes("1")),
        .or([.comparison(.equal, attribute: "b", value: bytes("2"))]),
      ])
    ),
    (
      "(memberOf:1.2.840.113556.1.4.1941:={g})",
      .extensible(
        rule: "1.2.840.113556.1.4.1941", attribute: "memberOf", value: bytes("{g}"),
        includesDN: false)
    ),
    (
      "(o:dn:=Ace)",
      .extensible(rule: nil, attribute: "o", value: bytes("Ace"), includesDN: true)
    ),
    (
      "(:DN:2.4.6.8.10:=Dino)",
      .extensible(rule: "2.4.6.8.10", attribute: nil, value: bytes("Dino"), includesDN: true)
    ),
  ]

  @Test("is read", arguments: examples.indices)
  func reads(index: Int) throws {
    let (text, filter) = Self.examples[index]
    #expect(try SearchFilter(text) == filter, "\(text)")
  }

  @Test(
    "is no filter",
    arguments: [
      ("", "an opening bracket is missing"), ("mail={a}", "an opening bracket is missing"),
      ("(mail={a}", "a closing bracket is missing"),
      ("(mail={a}))", "something stands behind its end"),
      ("(&)", "a list of conditions is empty"), ("(mail)", "an equals sign is missing"),
      ("(=x)", "an attribute's name is impossible"),
      ("(ma il=x)", "an attribute's name is impossible"),
      ("(cn=a**b)", "two asterisks stand side by side"), ("(a<>=1)", "a comparison is unknown"),
      (#"(cn=\4)"#, "behind a backslash two hexadecimal digits are missing"),
      (#"(cn=\+1)"#, "behind a backslash two hexadecimal digits are missing"),
      ("(a:b:c:=1)", "a matching rule is unreadable"),
      ("(:dn:=1)", "a matching rule is unreadable"),
      (String(repeating: "(!", count: 40), "its brackets are too deep"),
      ("(a=" + String(repeating: "x", count: 5000) + ")", "it is longer than 4096 bytes"),
    ])
  func refuses(text: String, reason: String) {
    #expect { try SearchFilter(text) } throws: { "\($0)" == reason }
  }

  @Test("what takes a token's place is a value and no part of the filter")
  func tokens() throws {
    let filter = try SearchFilter("(|(mail={a})(cn=x{u}*{d})(!(memberOf={g})))")
    let filled = filter.replacing(["{a}": "*)(uid=*", "{u}": "{d}", "{d}": "b.example"])
    #expect(
      filled
        == .or([
          .comparison(.equal, attribute: "mail", value: Self.bytes("*)(uid=*")),
          .substrings(
            attribute: "cn", initial: Self.bytes("x{d}"), any: [], final: Self.bytes("b.example")),
          .not(.comparison(.equal, attribute: "memberOf", value: Self.bytes("{g}"))),
        ]))
  }

  @Test("each kind has its form in BER")
  func encoding() throws {
    func encoded(_ text: String) throws -> [UInt8] { try SearchFilter(text).encoded }
    #expect(try encoded("(a=*)") == [0x87, 1, 0x61])
    #expect(try encoded("(a~=b)") == [0xA8, 6, 4, 1, 0x61, 4, 1, 0x62])
    #expect(try encoded("(a>=b)") == [0xA5, 6, 4, 1, 0x61, 4, 1, 0x62])
    #expect(try encoded("(a<=b)") == [0xA6, 6, 4, 1, 0x61, 4, 1, 0x62])
    #expect(try encoded("(!(a=*))") == [0xA2, 3, 0x87, 1, 0x61])
    #expect(try encoded("(&(a=*))") == [0xA0, 3, 0x87, 1, 0x61])
    #expect(try encoded("(|(a=*)(b=*))") == [0xA1, 6, 0x87, 1, 0x61, 0x87, 1, 0x62])
    #expect(
      try encoded("(a=b*c*d)") == [
        0xA4, 14, 4, 1, 0x61, 0x30, 9, 0x80, 1, 0x62, 0x81, 1, 0x63, 0x82, 1, 0x64,
      ])
    #expect(
      try encoded("(a:dn:1.2:=b)") == [
        0xA9, 14, 0x81, 3, 0x31, 0x2E, 0x32, 0x82, 1, 0x61, 0x83, 1, 0x62, 0x84, 1, 0xFF,
      ])
  }
}
