import Dialogue

/// What a terminal shows of a session that goes down line by line: bytes in, whole lines out.
///
/// It understands what line editors and terminal drivers send to mend the line at the cursor, and
/// passes over colours and the like. A line that is longer than the window is one line all the same.
public struct LineScreen: Sendable {
  /// The window's width in character cells.
  var columns: Int { didSet { columns = max(1, columns) } }
  private var decoder = ControlDecoder()
  /// The rows of the line at the cursor; only the last may be shorter than the window.
  private var rows = [ScreenRow()]
  private var row = 0
  private var column = 0
  private var finished: [String] = []
  /// The line that was ended last, as long as an editor may come back to it from below.
  private var ended: (rows: [ScreenRow], row: Int)?

  /// Makes an empty screen.
  ///
  /// - Parameter columns: the window's width in character cells.
  public init(columns: Int) {
    self.columns = max(1, columns)
  }

  /// Shows bytes as they come; a character may be cut between two calls.
  public mutating func show(_ bytes: some Sequence<UInt8>) {
    for element in decoder.decode(bytes) { show(element) }
  }

  /// Takes out the lines that were ended since the last call.
  public mutating func takeLines() -> [String] {
    defer { (finished, ended) = ([], nil) }
    return finished
  }

  /// What stands on the line at the cursor, up to the cursor.
  public var tail: String {
    text(rows[..<row]) + rows[row].text(columns: column)
  }

  /// The whole line at the cursor.
  public var line: String { text(rows[...]) }

  private func text(_ rows: ArraySlice<ScreenRow>) -> String { rows.map { $0.text() }.joined() }

  private mutating func show(_ element: ControlDecoder.Element) {
    switch element {
    case .scalar(let scalar): put(scalar)
    case .lineFeed: feed()
    case .carriageReturn: column = 0
    case .backspace: column = max(0, column - 1)
    case .sequence(let final, let number): edit(final, number)
    }
  }

  private mutating func feed() {
    if rows[(row + 1)...].contains(where: { !$0.isEmpty }) { return row += 1 }
    finished.append(line)
    ended = (rows, row)
    rows = [ScreenRow()]
    (row, column) = (0, 0)
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    ended = nil
    let width = min(scalar == "\t" ? 1 : scalar.screenWidth, columns)
    if width == 0, column > 0 { return rows[row].mark(scalar, before: column) }
    if column + width > columns {
      (row, column) = (row + 1, 0)
      if row == rows.count { rows.append(ScreenRow()) }
    }
    rows[row].put(scalar, at: column, width: max(1, width))
    column += max(1, width)
  }

  private mutating func moveUp(_ count: Int) {
    if row == 0, let ended, !finished.isEmpty {
      finished.removeLast()
      rows = ended.rows
      row = ended.row + 1
      self.ended = nil
    }
    row = max(0, row - count)
  }

  /// A control sequence that moves the cursor in its line or mends the line (ECMA-48 section 8.3).
  private mutating func edit(_ final: UInt8, _ number: Int?) {
    // No window is as large; what is added to a place must not overflow.
    let count = min(max(1, number ?? 1), 1 << 16)
    switch UnicodeScalar(final) {
    case "A": moveUp(count)
    case "B": row = min(rows.count - 1, row + count)
    case "C": column = min(columns, column + count)
    case "D": column = max(0, column - count)
    case "G": column = min(columns, count) - 1
    case "J", "K":
      if number == 1 {
        rows[row].blank(columns: column)
      } else {
        rows[row].remove((number == 2 ? 0 : column)..<Int.max)
        if final == UInt8(ascii: "J") { rows.removeSubrange((row + 1)...) }
      }
    case "P": rows[row].remove(column..<column + count)
    case "@": rows[row].insertBlanks(min(count, columns), at: column)
    default: break
    }
  }
}
