/// A piece of a page.
///
/// Whatever is put into it is escaped, unless it is a piece itself.
public struct HTML: Sendable, ExpressibleByStringInterpolation {
  /// The source.
  public let source: String

  /// Takes what stands in the program as it is.
  public init(stringLiteral value: String) { source = value }

  /// Takes what was put together.
  public init(stringInterpolation: Interpolation) { source = stringInterpolation.source }

  /// Puts a piece together.
  public struct Interpolation: StringInterpolationProtocol {
    fileprivate var source = ""

    /// Begins with nothing.
    public init(literalCapacity: Int, interpolationCount: Int) {}

    /// Adds what stands in the program as it is.
    public mutating func appendLiteral(_ literal: String) { source += literal }

    /// Adds a piece.
    public mutating func appendInterpolation(_ piece: HTML) { source += piece.source }

    /// Adds pieces, one after the other.
    public mutating func appendInterpolation(_ pieces: [HTML]) {
      for piece in pieces { source += piece.source }
    }

    /// Adds a text, escaped.
    public mutating func appendInterpolation(_ text: some StringProtocol) {
      source += escaped(text)
    }

    /// Adds a number.
    public mutating func appendInterpolation(_ number: Int) { source += String(number) }
  }
}

/// The text with all characters that mean something in HTML written as references.
///
/// By scalars: to Swift, some letters and the `<` behind them are one character.
private func escaped(_ text: some StringProtocol) -> String {
  text.unicodeScalars.reduce(into: "") { escaped, scalar in
    switch scalar {
    case "&": escaped += "&amp;"
    case "<": escaped += "&lt;"
    case ">": escaped += "&gt;"
    case "\"": escaped += "&quot;"
    case "'": escaped += "&#39;"
    default: escaped.unicodeScalars.append(scalar)
    }
  }
}

extension HTML {
  /// A whole page that needs nothing but itself: its policy forbids all that would load.
  ///
  /// - Parameters:
  ///   - title: the page's title.
  ///   - style: rules of its own, after those of all pages.
  ///   - body: what it shows.
  ///   - language: that of its text, as a tag of BCP 47.
  public static func page(title: String, style: HTML, body: HTML, language: String = "en")
    -> String
  {
    let page: HTML = """
      <!DOCTYPE html>
      <html lang="\(language)">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" \
      content="default-src 'none'; style-src 'unsafe-inline'">
      <title>\(title)</title>
      <style>
      \(commonStyle)\(style)</style>
      </head>
      <body>
      <main>
      \(body)</main>
      </body>
      </html>

      """
    return page.source
  }

  /// Colours for light and dark, and the text's measure.
  private static let commonStyle: HTML = """
    :root {
      color-scheme: light dark;
      --page: #f6f7f9; --card: #fff; --line: #d8dce3; --text: #1b2230; --faint: #5d6879;
      --good: #11703c; --good-soft: #e2f4e9; --bad: #b3202c; --bad-soft: #fce6e7;
      --warn: #8a5a00; --warn-soft: #fdf1d8; --note: #2457a6; --note-soft: #e5eefb;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --page: #12151b; --card: #1b2029; --line: #343c4a; --text: #e6e9ef; --faint: #9aa5b6;
        --good: #6fd69a; --good-soft: #143324; --bad: #ff8f94; --bad-soft: #3d1a1e;
        --warn: #f0c067; --warn-soft: #382b10; --note: #8fb8f5; --note-soft: #182a45;
      }
    }
    * { box-sizing: border-box; }
    body {
      margin: 0; background: var(--page); color: var(--text);
      font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
    }
    main { max-width: 62rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
    h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .25rem; letter-spacing: -.01em; }
    h2 { font-size: 1.1rem; margin: 2.5rem 0 .75rem; }
    p { margin: .25rem 0; }
    .faint { color: var(--faint); font-weight: 400; }
    .pill {
      display: inline-block; padding: .05rem .6rem; border-radius: 1rem; font-size: .8125rem;
      background: var(--note-soft); color: var(--note); white-space: nowrap;
    }
    .good { background: var(--good-soft); color: var(--good); }
    .bad { background: var(--bad-soft); color: var(--bad); }
    .warn { background: var(--warn-soft); color: var(--warn); }
    .banner { padding: .75rem 1rem; border-radius: .6rem; font-weight: 600; margin: 1.25rem 0; }
    .wide {
      overflow-x: auto; background: var(--card); border: 1px solid var(--line);
      border-radius: .6rem;
    }
    table {
      border-collapse: collapse; width: 100%; font-size: .9rem; font-variant-numeric: tabular-nums;
    }
    th, td { text-align: left; padding: .55rem .6rem; white-space: nowrap; }
    thead th { color: var(--faint); font-weight: 500; }
    tbody tr, tfoot tr { border-top: 1px solid var(--line); }
    tbody th, tfoot th { font-weight: 600; }
    code, .mono { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: .85em; }

    """
}
