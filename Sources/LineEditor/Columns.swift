import CLibEdit

/// The columns that a text takes on a screen.
func displayWidth(_ text: some Sequence<Unicode.Scalar>) -> Int {
  text.reduce(0) { $0 + max(0, Int(clibedit_width(wchar_t($1.value)))) }
}

/// Parts a prompt into what fills whole rows of the window and what stands on the last one.
///
/// libedit, when it wraps a prompt itself, puts a blank and a CR into the middle of it.
func lastRow(of text: String, columns: Int) -> (above: String, last: String) {
  var start = text.startIndex
  var width = 0
  for index in text.unicodeScalars.indices {
    let scalar = text.unicodeScalars[index]
    let next = displayWidth(CollectionOfOne(scalar))
    if width + next > columns {
      start = index
      width = 0
    }
    width += next
    if scalar == "\n" {
      start = text.unicodeScalars.index(after: index)
      width = 0
    }
  }
  return (String(text[..<start]), String(text[start...]))
}

/// Lays words out in columns, downwards first, each line ended by `\n`.
///
/// - Parameter width: the window's columns.
func inColumns(_ words: [String], width: Int) -> String {
  let cell = 2 + (words.map { displayWidth($0.unicodeScalars) }.max() ?? 0)
  // A line that is as long as the window is wide leaves an empty one behind on some terminals.
  let columns = max(1, (width - 1) / cell)
  let rows = (words.count + columns - 1) / columns
  var text = ""
  for row in 0..<rows {
    let line = stride(from: row, to: words.count, by: rows).map { words[$0] }
    for (position, word) in line.enumerated() {
      text += word
      if position < line.count - 1 {
        text += String(repeating: " ", count: cell - displayWidth(word.unicodeScalars))
      }
    }
    text += "\n"
  }
  return text
}
