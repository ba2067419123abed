import Mail

extension CheckReport {
  /// The report for a terminal, lines joined by line ends.
  public func text(_ ink: Ink) -> String {
    let heading = "\(ink("TLS report for \(domain.printable)", .strong)), \(date.minute)"
    let factor = "Confidence factor: \(ink(String(confidence), tone(of: confidence)))"
    return ([heading, ""] + table(ink) + ["", factor] + servers.flatMap { conversation($0, ink) })
      .joined(separator: "\n") + "\n"
  }

  private func tone(of score: Int) -> Ink.Tone {
    score == 100 ? .good : score >= 90 ? .doubtful : .bad
  }

  // MARK: The table

  private func table(_ ink: Ink) -> [String] {
    let heading = ["MX Server", "Pref"] + columns.columns.map(\.title) + ["Score"]
    let rows = servers.map { server in
      ["\(server.host.printable) \(server.place)", String(server.preference)]
        + columns.columns.map { cell(server, $0) } + [String(score(of: server))]
    }
    let average =
      ["Average", ""] + columns.columns.map { "\(share(of: $0.step))%" } + [String(confidence)]
    let aligned = AlignedColumns(fitting: [heading, average] + rows)
    let lines = rows.map { row in
      aligned.line(row) { text in
        text.hasPrefix("OK") ? ink(text, .good) : text == "FAIL" ? ink(text, .bad) : text
      }
    }
    return [ink(aligned.line(heading), .strong), aligned.rule] + lines + [aligned.line(average)]
  }

  private func cell(_ server: ServerCheck, _ column: CheckColumns.Column) -> String {
    server.successes[column.step].map { "OK (\($0.milliseconds)ms)" } ?? "FAIL"
  }

  // MARK: The conversation

  private func conversation(_ server: ServerCheck, _ ink: Ink) -> [String] {
    ["", ink("\(server.host.printable) \(server.place)", .strong)]
      + server.lines.map { line(for: $0, ink) }
  }

  private func line(for line: ServerCheck.Line, _ ink: Ink) -> String {
    let text = line.text.printable
    let toned =
      switch line.kind {
      case .note: ink(text, .note)
      case .failure, .notVerified: ink(text, .bad)
      case .verified: ink(text, .good)
      default: text
      }
    if line.isDetail { return "               \(toned)" }
    return "[\(line.stamp)]  \(line.arrow ?? "   ") \(toned)"
  }
}
