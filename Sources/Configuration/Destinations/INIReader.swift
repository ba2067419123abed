/// Reads sections with settings: `[NAME]`, then lines `KEY = VALUE`; it knows no names.
///
/// Lines may end in CR LF; a line that begins with `#` or `;` is a comment, and so is what follows
/// such a character after a blank.
struct INIReader {
  /// One line with a value.
  struct Setting {
    let key: String
    let value: String
    /// The line's number, from 1.
    let line: Int
  }

  /// A section with its settings, in the file's order.
  struct Section {
    let name: String
    /// The number of the line that opens it, from 1.
    let line: Int
    var settings: [Setting] = []
  }

  private let lines: [Substring.UTF8View]

  /// Prepares a file.
  ///
  /// - Throws: `ConfigurationError` when it is no text.
  init(_ bytes: [UInt8]) throws(ConfigurationError) {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    guard
      let text = String(
        validating: bytes.starts(with: mark) ? bytes.dropFirst(3) : bytes[...],
        as: UTF8.self)
    else { throw ConfigurationError("The file is no text in UTF-8.") }
    lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { Substring($0).utf8 }
  }

  /// The sections, in the file's order.
  ///
  /// - Throws: `ConfigurationError` with the line's number and what is wrong with it.
  func sections() throws(ConfigurationError) -> [Section] {
    var sections: [Section] = []
    // Looking through a section for each of its lines would take quadratic time.
    var keys: Set<String> = []
    for (index, bytes) in lines.enumerated() {
      let line = withoutComment(Substring(bytes)).trimmingBlankEnds
      if line.isEmpty { continue }
      let number = index + 1
      if line.hasPrefix("[") {
        guard line.hasSuffix("]"), line.utf8.count > 2 else {
          throw ConfigurationError("line \(number): \(line.quoted) is no section such as [DOMAIN].")
        }
        let name = String(line.dropFirst().dropLast()).trimmingBlankEnds
        sections.append(Section(name: name, line: number))
        keys = []
      } else {
        let setting = try setting(line, number)
        try add(setting, to: &sections, isRepeated: !keys.insert(setting.key).inserted)
      }
    }
    return sections
  }

  private func setting(_ line: String, _ number: Int) throws(ConfigurationError) -> Setting {
    guard let mark = line.firstIndex(where: { $0 == "=" || $0 == ":" }) else {
      throw ConfigurationError("line \(number): \(line.quoted) is no line such as KEY = VALUE.")
    }
    return Setting(
      key: String(line[..<mark]).trimmingBlankEnds,
      value: String(line[line.index(after: mark)...]).trimmingBlankEnds, line: number)
  }

  private func add(
    _ setting: Setting, to sections: inout [Section], isRepeated: Bool
  ) throws(ConfigurationError) {
    guard let last = sections.indices.last else {
      throw ConfigurationError(
        "line \(setting.line), \(setting.key.quoted): It stands above the first section.")
    }
    guard !isRepeated else {
      throw ConfigurationError(
        "line \(setting.line), \(setting.key.quoted): It stands twice in its section.")
    }
    sections[last].settings.append(setting)
  }

  private func withoutComment(_ line: Substring) -> String {
    var isBehindBlank = true
    for (offset, byte) in line.utf8.enumerated() {
      if isBehindBlank, byte == UInt8(ascii: "#") || byte == UInt8(ascii: ";") {
        return String(decoding: line.utf8.prefix(offset), as: UTF8.self)
      }
      isBehindBlank = byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }
    return String(line)
  }
}

extension String {
  /// The text without blanks, tabs and carriage returns at either end.
  fileprivate var trimmingBlankEnds: String {
    var bytes = utf8[...]
    func isBlank(_ byte: UInt8?) -> Bool { byte == 32 || byte == 9 || byte == 13 }
    while isBlank(bytes.first) { bytes.removeFirst() }
    while isBlank(bytes.last) { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
