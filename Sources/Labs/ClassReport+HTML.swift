extension ClassReport {
  /// The table as one page that needs nothing else.
  public var html: String {
    """
    <!DOCTYPE html>
    <html lang="en"><head><meta charset="utf-8"><title>Labs</title>
    <meta name="viewport" content="width=device-width">
    <style>\(Self.style)</style></head>
    <body><h1>Labs</h1><table><thead>
    <tr><th></th>\(groups)</tr>
    <tr><th scope="col">Learner</th>\(heads)</tr>
    </thead><tbody>
    \(rows.map(body).joined(separator: "\n"))
    </tbody></table></body></html>

    """
  }

  /// A heading over the columns of each lab.
  private var groups: String {
    var groups: [(lab: String, count: Int)] = []
    for column in columns {
      if groups.last?.lab == column.lab {
        groups[groups.count - 1].count += 1
      } else {
        groups.append((column.lab, 1))
      }
    }
    return groups.map { "<th colspan=\"\($0.count)\" scope=\"colgroup\">\(escaped($0.lab))</th>" }
      .joined()
  }

  private var heads: String {
    columns.map { "<th scope=\"col\"><span>\(escaped($0.name))</span></th>" }.joined()
  }

  private func body(_ row: Row) -> String {
    let cells = columns.map { column in
      let hasPassed = row.hasPassed(column)
      let kind = hasPassed.map { $0 ? "pass" : "fail" } ?? "none"
      return "<td class=\"\(kind)\">\(Self.mark(hasPassed))</td>"
    }
    return "<tr><th scope=\"row\">\(escaped(row.learner))</th>\(cells.joined())</tr>"
  }

  private func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }

  private static let style = """
    :root { color-scheme: light dark; font: 15px/1.4 system-ui, sans-serif }
    body { margin: 2rem }
    table { border-collapse: collapse }
    th, td { padding: .35rem .6rem; border: 1px solid color-mix(in srgb, currentColor 20%, transparent) }
    thead th { vertical-align: bottom; font-weight: 600 }
    thead span { writing-mode: vertical-rl; max-height: 16rem }
    tbody th { text-align: left; font-weight: 500; white-space: nowrap }
    td { text-align: center }
    .pass { background: color-mix(in srgb, #2a9d4a 25%, transparent) }
    .fail { background: color-mix(in srgb, #c8372d 25%, transparent) }
    .none { opacity: .5 }
    """
}
