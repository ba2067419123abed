/// A column of a table: its heading and its width in characters.
public struct Column: Sendable {
  /// The heading.
  public let title: String
  /// The width; nil for as wide as the longest value.
  public let width: Int?

  /// Makes a column.
  public init(_ title: String, width: Int? = nil) {
    self.title = title
    self.width = width
  }
}

/// Rows under headings and a line of dashes, two blanks between columns.
struct Table {
  let columns: [Column]
  let rows: [[String]]

  /// The table's lines, each without trailing blanks.
  var text: String {
    let widths = columns.indices.map { index in
      columns[index].width
        ?? rows.compactMap { index < $0.count ? $0[index].count : nil }
        .reduce(columns[index].title.count, max)
    }
    let dashes = widths.map { String(repeating: "-", count: $0) }
    return ([columns.map(\.title), dashes] + rows).map { row in
      zip(row, widths).map(fit).joined(separator: "  ").trimmingTrailingBlanks
    }.joined(separator: "\n")
  }

  private func fit(_ value: String, _ width: Int) -> String {
    let cut = String(value.prefix(width))
    return cut + String(repeating: " ", count: width - cut.count)
  }
}

extension String {
  fileprivate var trimmingTrailingBlanks: String {
    guard let last = lastIndex(where: { $0 != " " }) else { return "" }
    return String(self[...last])
  }
}
