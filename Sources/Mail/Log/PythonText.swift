/// Texts as the appliance's log quotes them, which is Python's way.
enum PythonText {
  /// A text in quotes: single ones, unless only those occur in it.
  static func quoted(_ text: String) -> String {
    let quote: Unicode.Scalar = text.contains("'") && !text.contains("\"") ? "\"" : "'"
    var quoted = String(quote)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", quote: quoted += "\\\(scalar)"
      case "\t": quoted += "\\t"
      case "\r": quoted += "\\r"
      case "\n": quoted += "\\n"
      case " "..."~": quoted.unicodeScalars.append(scalar)
      default: quoted += scalar.utf8.map { "\\x" + hexadecimal($0) }.joined()
      }
    }
    return quoted + String(quote)
  }

  /// A list of texts: `['one', 'two']`.
  static func list(_ texts: [String]) -> String {
    "[\(texts.map(quoted).joined(separator: ", "))]"
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }
}
