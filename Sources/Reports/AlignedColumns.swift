/// Cells under each other as a screen shows them, two blanks between columns.
public struct AlignedColumns: Sendable {
  private let widths: [Int]

  /// Finds how wide each column must be.
  ///
  /// - Parameter rows: all that are to stand under each other; their last cell may be missing.
  public init(fitting rows: [[String]]) {
    let count = rows.map(\.count).max() ?? 0
    widths = (0..<count).map { column in
      rows.map { column < $0.count ? $0[column].screenWidth : 0 }.max() ?? 0
    }
  }

  /// A row, without blanks behind its last cell.
  ///
  /// - Parameters:
  ///   - cells: one for each column.
  ///   - style: what becomes of a cell when its place is found, such as colours.
  public func line(_ cells: [String], style: (String) -> String = { $0 }) -> String {
    cells.enumerated().map { index, text in
      guard index < cells.count - 1 else { return style(text) }
      return style(text) + String(repeating: " ", count: widths[index] - text.screenWidth)
    }.joined(separator: "  ")
  }

  /// A line of dashes under each column's heading.
  public var rule: String {
    widths.map { String(repeating: "-", count: $0) }.joined(separator: "  ")
  }
}

extension String {
  /// A bar of so many columns, the first of them filled.
  public init(bar width: Int, filled: Int) {
    self = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
  }
}

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

  fileprivate var screenWidth: Int {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: 0
    default: Self.wide.contains { $0.contains(value) } ? 2 : 1
    }
  }
}
