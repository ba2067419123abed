import Dialogue

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
