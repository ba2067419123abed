/// A row of a screen, column by column.
struct ScreenRow: Sendable {
  /// What stands in each column: a character and the marks on it; nothing in the second column of
  /// a wide one.
  private var cells: [[Unicode.Scalar]] = []

  /// The columns up to the last one in use.
  var count: Int { cells.count }
  var isEmpty: Bool { cells.isEmpty }

  /// What stands in the first columns.
  func text(columns: Int = .max) -> String {
    var text = String.UnicodeScalarView()
    for cell in cells.prefix(columns) { text.append(contentsOf: cell) }
    return String(text)
  }

  /// Shows a character, in place of what stood there.
  mutating func put(_ scalar: Unicode.Scalar, at column: Int, width: Int) {
    pad(to: column + width)
    split(at: column)
    split(at: column + width)
    cells[column] = [scalar]
    if width > 1 { cells[column + 1] = [] }
  }

  /// Shows a mark on the character before a column.
  mutating func mark(_ scalar: Unicode.Scalar, before column: Int) {
    guard let marked = cells.prefix(column).lastIndex(where: { !$0.isEmpty }) else { return }
    cells[marked].append(scalar)
  }

  /// Takes columns out; what stands behind them moves up.
  mutating func remove(_ columns: Range<Int>) {
    let columns = columns.clamped(to: 0..<count)
    split(at: columns.lowerBound)
    split(at: columns.upperBound)
    cells.removeSubrange(columns)
  }

  /// Puts blanks in; what stands behind moves on.
  mutating func insertBlanks(_ number: Int, at column: Int) {
    pad(to: column)
    split(at: column)
    cells.insert(contentsOf: repeatElement([" "], count: number), at: column)
  }

  /// Blanks the first columns.
  mutating func blank(columns: Int) {
    let columns = min(columns, count)
    split(at: columns)
    cells.replaceSubrange(..<columns, with: repeatElement([" "], count: columns))
  }

  private mutating func pad(to column: Int) {
    while cells.count < column { cells.append([" "]) }
  }

  /// Half of a wide character does not stay when the other half goes.
  private mutating func split(at column: Int) {
    guard column < count, cells[column].isEmpty else { return }
    cells[column - 1] = [" "]
    cells[column] = [" "]
  }
}
