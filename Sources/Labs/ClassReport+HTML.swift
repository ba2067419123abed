import Reports

extension ClassReport {
  /// The results as one page that needs nothing but itself: a row for each check, under its lab,
  /// and a column for each learner.
  public var html: String {
    HTML.page(
      title: Self.title[language], style: Self.style, body: body, language: language.rawValue)
  }

  private static let title = LocalText(english: "Labs", japanese: "演習の結果")
  private static let check = LocalText(english: "Check", japanese: "確認項目")

  private var body: HTML {
    // Names stand upright where there is no room for them side by side.
    """
    <h1>\(Self.title[language])</h1>
    <div class="wide"><table class="\(rows.count > 6 ? "many" : "few")">
    <thead><tr><th scope="col">\(Self.check[language])</th>\
    \(rows.map { row -> HTML in "<th scope=\"col\"><span>\(row.learner)</span></th>" })</tr></thead>
    \(groups.map(section))</table></div>

    """
  }

  private func section(_ lab: String, _ columns: [Column]) -> HTML {
    """
    <tbody>
    <tr><th class="lab" scope="rowgroup" colspan="\(rows.count + 1)">\(lab)</th></tr>
    \(columns.map(line))</tbody>

    """
  }

  private func line(_ column: Column) -> HTML {
    let cells = rows.map { row -> HTML in
      let hasPassed = row.hasPassed(column)
      let tone = hasPassed.map { $0 ? "pill good" : "pill bad" } ?? "faint"
      return "<td><span class=\"\(tone)\">\(Self.mark(hasPassed))</span></td>"
    }
    return "<tr><th scope=\"row\">\(column.name)</th>\(cells)</tr>\n"
  }

  private static let style: HTML = """
    tbody th { font-weight: 400; white-space: normal; }
    thead th { vertical-align: bottom; }
    th.lab { padding-top: 1.1rem; font-weight: 600; }
    td, thead th + th { text-align: center; }
    .many thead span {
      writing-mode: vertical-rl; text-orientation: sideways; transform: rotate(180deg);
      max-height: 14rem;
    }
    .wide { margin-top: 1.25rem; }

    """
}
