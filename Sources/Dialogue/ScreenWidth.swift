extension StringProtocol {
  /// The columns that it takes on a screen: two for each wide character, none for a mark that
  /// stands on another one.
  ///
  /// Source: Unicode Standard Annex 11. It does not ask wcwidth(3), which goes by the process's
  /// locale.
  public var screenWidth: Int { unicodeScalars.reduce(0) { $0 + $1.screenWidth } }
}

extension Unicode.Scalar {
  /// East Asian wide and full-width characters, and pictures.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F,
    0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
    0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD,
  ]

  /// The columns that it takes on a screen: 0, 1 or 2.
  public var screenWidth: Int {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: 0
    default: Self.wide.contains { $0.contains(value) } ? 2 : 1
    }
  }
}
