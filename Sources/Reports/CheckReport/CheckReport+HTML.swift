import Mail

extension CheckReport {
  /// The report as one page that needs nothing but itself.
  public var html: String {
    HTML.page(title: "TLS report: \(domain.printable)", style: Self.style, body: body)
  }

  private var body: HTML {
    """
    <h1>\(domain.printable)</h1>
    <p class="faint">TLS report, \(date.minute)</p>
    <div class="banner \(tone(of: confidence))">Confidence factor: \(confidence)</div>
    <div class="wide"><table>
    <thead><tr><th>MX Server</th><th>Pref</th>\(headings)<th>Score</th></tr></thead>
    <tbody>
    \(servers.map(row))</tbody>
    <tfoot><tr><th>Average</th><td></td>\(shares)<td>\(confidence)</td></tr></tfoot>
    </table></div>
    \(servers.map(section))
    """
  }

  private var headings: [HTML] { columns.columns.map { "<th>\($0.title)</th>" } }

  private var shares: [HTML] { columns.columns.map { "<td>\(share(of: $0.step))%</td>" } }

  private func tone(of score: Int) -> String {
    score == 100 ? "good" : score >= 90 ? "warn" : "bad"
  }

  private func row(_ server: ServerCheck) -> HTML {
    let cells = columns.columns.map { column -> HTML in
      guard let success = server.successes[column.step] else {
        return "<td><span class=\"pill bad\">FAIL</span></td>"
      }
      return """
        <td><span class="pill good">OK</span> <span class="faint">\(success.milliseconds)\
         ms</span></td>
        """
    }
    return """
      <tr><th>\(server.host.printable)<br><span class="faint mono">\(server.place)</span></th>\
      <td>\(server.preference)</td>\(cells)<td><b>\(score(of: server))</b></td></tr>

      """
  }

  private func section(_ server: ServerCheck) -> HTML {
    """
    <h2>\(server.host.printable) <span class="faint mono">\(server.place)</span></h2>
    <div class="log">
    \(server.lines.map(line))</div>

    """
  }

  private func line(_ line: ServerCheck.Line) -> HTML {
    """
    <div class="\(line.kind.rawValue)"><span>\(line.isDetail ? "" : line.stamp)</span>\
    <span>\(line.arrow ?? "")</span><span>\(line.text.printable)</span></div>

    """
  }

  private static let style: HTML = """
    td .faint { display: block; font-size: .8rem; padding-left: .6rem; }
    .log {
      background: var(--card); border: 1px solid var(--line); border-radius: .6rem;
      padding: .75rem 1rem; font: .8125rem/1.55 ui-monospace, "SF Mono", Menlo, Consolas, monospace;
    }
    .log div { display: grid; grid-template-columns: 4.5rem 2.2rem 1fr; }
    .log span { white-space: pre-wrap; overflow-wrap: anywhere; }
    .log span:first-child { color: var(--faint); }
    .log .note { color: var(--note); }
    .log .failure, .log .not-verified { color: var(--bad); }
    .log .verified, .log .sent-encrypted span:nth-child(2),
    .log .received-encrypted span:nth-child(2) { color: var(--good); }
    .log .certificate { color: var(--faint); }

    """
}
