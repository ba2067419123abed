/// A reply of an SMTP server: a code and at least one line of text (RFC 5321 §4.2).
public struct Reply: Hashable, Sendable, CustomStringConvertible {
  /// The three digits.
  public var code: Int
  /// The lines without code and line ends; the wire marks all but the last with a hyphen.
  public var lines: [String]

  /// Makes a reply.
  ///
  /// - Parameters:
  ///   - code: three digits, 200 to 599.
  ///   - lines: the text; an empty array stands for one empty line.
  public init(_ code: Int, _ lines: [String]) {
    self.code = code
    self.lines = lines.isEmpty ? [""] : lines
  }

  /// Makes a reply of one line.
  public init(_ code: Int, _ line: String) { self.init(code, [line]) }

  /// The reply as it goes over the wire, each line ended by CR LF.
  public var wire: String {
    var text = ""
    for (index, line) in lines.enumerated() {
      text += "\(code)\(index == lines.count - 1 ? " " : "-")\(line)\r\n"
    }
    return text
  }

  /// The lines as on the wire, joined by blanks.
  public var description: String { "\(code) \(lines.joined(separator: " "))" }

}
