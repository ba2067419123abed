extension Unicode.Scalar {
  /// Whether a terminal would act on it instead of showing it: control and format characters, and
  /// separators of lines.
  ///
  /// What strangers say (names in certificates, replies of servers, names of files) is shown without
  /// such characters, or it could move cursors and turn lines around.
  public var isUnprintable: Bool {
    if isASCII { return value < 32 || value == 127 }
    return switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: true
    default: false
    }
  }
}

extension String {
  /// The text with a mark in the place of each character that a terminal would act on.
  public func printable(mark: Unicode.Scalar) -> String {
    guard unicodeScalars.contains(where: \.isUnprintable) else { return self }
    return String(UnicodeScalarView(unicodeScalars.map { $0.isUnprintable ? mark : $0 }))
  }

  /// The text with each character that a terminal would act on written as `\00` or `\u202e`.
  var printable: String {
    guard unicodeScalars.contains(where: \.isUnprintable) else { return self }
    return unicodeScalars.reduce(into: "") { text, scalar in
      guard scalar.isUnprintable else { return text.unicodeScalars.append(scalar) }
      let digits = String(scalar.value, radix: 16)
      text += scalar.value < 256 ? "\\" + digits.padded(to: 2) : "\\u" + digits.padded(to: 4)
    }
  }

  private func padded(to width: Int) -> String {
    String(repeating: "0", count: max(0, width - count)) + self
  }
}
