import Configuration
import Testing

@Suite("Names and addresses")
struct NameTests {
  @Test(
    "a host name has a dot, and labels of letters, digits and hyphens",
    arguments: [
      "mail.example.com", "a.b", "MAIL.Example.COM", "xn--mnchen-3ya.example", "1.2.3.4.example",
      "mail-1.example.com", "0.a", "a.b0",
      "\(String(repeating: "a", count: 63)).\(String(repeating: "b", count: 63)).example",
    ])
  func goodHostName(_ text: String) throws {
    #expect(try HostName(text).text == text.lowercased())
  }

  @Test(
    "what is no host name is refused with one sentence that says what one is",
    arguments: [
      "", "mail", ".", "a.", ".a", "a..b", "-a.example", "a-.example", "a_b.example", "a b.example",
      "192.168.1.1", "10.0.0", "a.123", "münchen.example", "mail.example.com.", "a.b\n", "a@b.c",
      "a.b:25", "`.example", "{.example",
      "\(String(repeating: "a", count: 64)).example",
      Array(repeating: String(repeating: "a", count: 63), count: 4).joined(separator: ".") + ".b",
    ])
  func badHostName(_ text: String) {
    #expect(
      throws: ConfigurationError(
        "A hostname is a name with at least one dot, of letters, digits and hyphens, such as mail.example.com."
      )
    ) { try HostName(text) }
  }

  @Test("a host name of 253 bytes is the longest")
  func longestHostName() throws {
    let label = String(repeating: "a", count: 61)
    let name = "\(label).\(label).\(label).\(label).abcde"
    #expect(name.utf8.count == 253)
    #expect(try HostName(name).text == name)
    #expect(throws: ConfigurationError.self) { try HostName("b" + name) }
  }

  @Test(
    "an object's name has letters of any language, digits, spaces and . _ - @",
    arguments: [
      "Demo", "partner.c", "Data 1", "user@example.com", "a_b-c", "é", "証明書",
      String(repeating: "x", count: 64),
    ])
  func goodObjectName(_ text: String) throws {
    #expect(try ObjectName(text).text == text)
  }

  @Test(
    "a name with a quote, a slash, markup, a control character, blanks around it, or none at all",
    arguments: [
      "", " ", " a", "a ", "a\"b", "a/b", "a<b", "a\tb", "a\nb", "a\u{1B}[2J", "a\u{9B}b", "a;b",
      "a,b", "$a", "😀", "a\u{200B}b", String(repeating: "x", count: 65),
    ])
  func badObjectName(_ text: String) {
    #expect(
      throws: ConfigurationError(
        "A name has 1 to 64 characters: letters, digits, spaces and . _ - @ only.")
    ) { try ObjectName(text) }
  }
}
