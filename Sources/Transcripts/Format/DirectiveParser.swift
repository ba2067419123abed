/// Reads a line that begins with `%`.
struct DirectiveParser {
  /// Nil for a comment.
  static func parse(_ line: String) throws(Complaint) -> Directive? {
    // Bytes, not characters: what is typed may begin with a combining mark.
    let head = line.utf8.prefix { $0 != UInt8(ascii: " ") }
    let name = String(decoding: head, as: UTF8.self)
    let text = String(decoding: line.utf8.dropFirst(head.count + 1), as: UTF8.self)
    switch name {
    case "%#": return nil
    case "%secret": return .secret(text)
    case "%key": return .key(try key(text))
    case "%sh": return .shell(try wanted(text, "%sh needs a command."))
    case "%log": return .log(pattern: try wanted(text, "%log needs a pattern."))
    case "%advance": return .advance(seconds: try duration(text))
    case "%paste": return .paste(file: try path(try words(text, "%paste", 1...1)[0]))
    case "%upload": return try upload(text)
    case "%expect-file": return .expectFile(try words(text, "%expect-file", 1...1)[0])
    case "%mail":
      let words = try words(text, "%mail", 2...16)
      return .mail(from: words[0], to: words[1], options: Array(words.dropFirst(2)))
    case "%peer":
      let words = try words(text, "%peer", 2...2)
      return .peer(name: words[0], behaviour: words[1])
    case "%session":
      let words = try words(text, "%session", 1...2)
      return .session(name: words[0], user: words.count > 1 ? words[1] : nil)
    default:
      throw Complaint(
        "Unknown directive \(name); a literal line that begins with % is written with \\ before it."
      )
    }
  }

  private static func upload(_ text: String) throws(Complaint) -> Directive {
    let words = try words(text, "%upload", 1...3)
    let file = try path(words[0])
    if words.count == 1 {
      return .upload(file: file, name: try plainName(String(lastPart(of: file))))
    }
    guard words.count == 3, words[1] == "AS" else {
      throw Complaint("%upload is written %upload FILE or %upload FILE AS NAME.")
    }
    return .upload(file: file, name: try plainName(words[2]))
  }

  private static func key(_ text: String) throws(Complaint) -> Key {
    guard let key = Key(name: text) else {
      throw Complaint(
        "%key needs ^C, ^D, TAB, SPACE, RETURN, another control key such as ^L, or one character.")
    }
    return key
  }

  private static func wanted(_ text: String, _ complaint: String) throws(Complaint) -> String {
    guard text.contains(where: { $0 != " " }) else { throw Complaint(complaint) }
    return text
  }

  private static func duration(_ text: String) throws(Complaint) -> Int {
    guard let span = TimeSpan(text) else {
      throw Complaint(
        "%advance needs a time such as 90s, 30m, 12h, 30d or 2w, at most 100 years ahead.")
    }
    return span.seconds
  }

  /// Words between blanks; a word in double quotes may hold blanks.
  private static func words(
    _ text: String, _ name: String, _ count: ClosedRange<Int>
  ) throws(Complaint) -> [String] {
    var words: [String] = []
    var word: String?
    var quoted = false
    for character in text {
      switch character {
      case "\"":
        quoted.toggle()
        word = word ?? ""
      case " " where !quoted:
        if let done = word { words.append(done) }
        word = nil
      default: word = (word ?? "") + String(character)
      }
    }
    guard !quoted else { throw Complaint("\(name) has a quote that is not closed.") }
    if let done = word { words.append(done) }
    guard count.contains(words.count), !words.contains("") else {
      let needs = count.lowerBound == count.upperBound ? "" : "at least "
      throw Complaint(
        "\(name) needs \(needs)\(count.lowerBound) word\(count.lowerBound == 1 ? "" : "s").")
    }
    return words
  }

  /// A path from the transcript's folder, so that a file means the same on every machine.
  private static func path(_ path: String) throws(Complaint) -> String {
    guard !path.hasPrefix("/"), !path.hasPrefix("~") else {
      throw Complaint("The file \(path) must be named by its path from the transcript's folder.")
    }
    return path
  }

  /// A name without a folder, as `configuration/` holds it.
  static func plainName(_ name: String) throws(Complaint) -> String {
    guard !name.isEmpty, !name.contains("/"), name != ".", name != ".." else {
      throw Complaint("\"\(name)\" is not the plain name of a file.")
    }
    return name
  }

  private static func lastPart(of path: String) -> Substring {
    path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
  }
}
