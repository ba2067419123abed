import Dialogue

/// The lines of a table's text form that say something, with the number of the last one taken.
struct NumberedLines {
  private var rest: ArraySlice<(number: Int, text: String)>
  /// The number of the line that was taken last, from 1.
  private(set) var number = 1

  /// Makes lines of a file's bytes; empty lines and those that begin with `#` say nothing.
  ///
  /// - Throws: `OperationFailed` when the file is no text.
  init(_ bytes: [UInt8]) throws(OperationFailed) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw OperationFailed("Error: the file is not a text in UTF-8.")
    }
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    rest =
      lines.enumerated().map { (number: $0 + 1, text: $1.trimmingBlanks) }
      .filter { !$0.text.isEmpty && !$0.text.hasPrefix("#") }[...]
  }

  /// Takes the next line.
  mutating func next() -> String? {
    guard let line = rest.popFirst() else { return nil }
    number = line.number
    return line.text
  }

  /// Takes the next line, which there must be.
  mutating func need() throws(InvalidAnswer) -> String {
    guard let line = next() else { throw InvalidAnswer("The text ends too early.") }
    return line
  }
}

extension InvalidAnswer {
  /// The failure of an import, which names the line.
  func atLine(of lines: NumberedLines) -> OperationFailed {
    OperationFailed("Error: line \(lines.number): \(self)")
  }
}
