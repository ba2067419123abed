import Testing
@testable import Mail

@Suite struct PythonTextTests {
  @Test(arguments: [
    ("", "''"), ("a b", "'a b'"), ("it's", "\"it's\""), ("say \"hi\"", "'say \"hi\"'"),
    ("it's \"x\"", "'it\\'s \"x\"'"), ("a\\b", "'a\\\\b'"), ("a\r\n\tb", "'a\\r\\n\\tb'"),
    ("\u{0}\u{7F}", "'\\x00\\x7f'"), ("é€", "'\\xc3\\xa9\\xe2\\x82\\xac'"),
  ])
  func textsAreQuotedAsPythonDoes(text: String, quoted: String) {
    #expect(PythonText.quoted(text) == quoted)
  }

  @Test func listsToo() {
    #expect(PythonText.list([]) == "[]")
    #expect(PythonText.list(["a", "it's"]) == "['a', \"it's\"]")
  }
}
