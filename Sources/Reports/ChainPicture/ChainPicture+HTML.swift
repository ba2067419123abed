import Foundation
import PKI

extension ChainPicture {
  /// The picture as one page that needs nothing but itself.
  public var html: String {
    HTML.page(title: "Certificate chain: \(title)", style: Self.style, body: body)
  }

  private var body: HTML {
    """
    <h1>\(title)</h1>
    <p class="faint">Certificate chain as it is sent, at \(moment.minute)</p>
    <p>\(serviceLine)</p>
    <div class="banner \(isVerified ? "good" : "bad")">\(verdict)</div>
    <ol class="chain">
    \(path.map(card))</ol>
    \(othersSection)
    """
  }

  private var serviceLine: HTML {
    if services.isEmpty { return "<span class=\"faint\">No service presents it.</span>" }
    let pills = services.map { service -> HTML in "<span class=\"pill\">\(service)</span> " }
    return "Presented by \(pills)"
  }

  private var othersSection: HTML {
    guard !others.isEmpty else { return "" }
    return """
      <h2>Sent as well, and of no use</h2>
      <ol class="others">
      \(others.map(card))</ol>

      """
  }

  private func card(_ link: Link) -> HTML {
    let state = link.remarks.contains { $0.weight == .fault } ? "faulty" : "sound"
    return """
      <li class="\(state)\(link.certificate == nil ? " missing" : "")">
      <h3>\(link.name)</h3>
      <p><span class="pill">\(link.place)</span></p>
      \(link.certificate.map(facts) ?? "")\(link.remarks.map(line))</li>

      """
  }

  private func line(_ remark: Remark) -> HTML {
    let isFault = remark.weight == .fault
    return """
      <p class="remark \(isFault ? "bad" : "warn")">\(isFault ? "✗" : "!") \(remark.text)</p>

      """
  }

  private func facts(_ certificate: Certificate) -> HTML {
    let percent = Int((certificate.share(at: moment) * 100).rounded())
    let isCurrent = certificate.isCurrent(at: moment)
    let tone =
      !isCurrent ? "bad" : certificate.days(from: moment) <= Self.warningDays ? "warn" : "good"
    let rows: [(String, String)] = [
      ("Subject", certificate.subject.description), ("Issuer", certificate.issuer.description),
      ("Names", certificate.dnsNames.joined(separator: ", ")),
      ("Key", certificate.keyDescription), ("Signature", certificate.signatureAlgorithm),
      ("Serial", certificate.serialNumber), ("SHA-256", certificate.sha256),
    ]
    return """
      <div class="validity">
      <span>\(certificate.notBefore.day)</span>
      <span class="bar"><i class="\(tone)" style="width:\(percent)%"></i></span>
      <span>\(certificate.notAfter.day)</span>
      <span class="pill \(tone)">\(remaining(certificate))</span>
      </div>
      <dl>
      \(rows.filter { !$0.1.isEmpty }.map { row -> HTML in
        "<dt>\(row.0)</dt><dd>\(row.1)</dd>\n"
      })</dl>

      """
  }

  private static let style: HTML = """
    ol { list-style: none; padding: 0; margin: 1.5rem 0 0; }
    li {
      background: var(--card); border: 1px solid var(--line); border-left: .3rem solid var(--good);
      border-radius: .6rem; padding: 1rem 1.25rem; position: relative;
    }
    li.faulty { border-left-color: var(--bad); }
    li.missing { border-style: dashed; border-color: var(--bad); background: none; }
    .others li { margin-bottom: 1rem; }
    .chain li + li { margin-top: 2rem; }
    .chain li + li::before {
      content: ""; position: absolute; left: 1.6rem; top: -2rem; height: 2rem;
      border-left: 2px solid var(--line);
    }
    .chain li:nth-child(2) { margin-left: 1.5rem; }
    .chain li:nth-child(3) { margin-left: 3rem; }
    .chain li:nth-child(n+4) { margin-left: 4.5rem; }
    .pill:empty { display: none; }
    h3 { margin: 0; font-size: 1.15rem; overflow-wrap: anywhere; }
    .validity {
      display: flex; align-items: center; flex-wrap: wrap; gap: .6rem; margin: .75rem 0;
      font-variant-numeric: tabular-nums; font-size: .9rem;
    }
    .bar {
      flex: 1 1 8rem; height: .55rem; border-radius: .3rem; background: var(--line);
      overflow: hidden; display: block;
    }
    .bar i { display: block; height: 100%; }
    .bar .good { background: var(--good); }
    .bar .warn { background: var(--warn); }
    .bar .bad { background: var(--bad); }
    dl {
      display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: .5rem 0 0;
      font-size: .875rem;
    }
    dt { color: var(--faint); }
    dd { margin: 0; overflow-wrap: anywhere; }
    .remark { padding: .3rem .7rem; border-radius: .4rem; margin: .6rem 0 0; font-size: .9rem; }
    @media (max-width: 40rem) { .chain li { margin-left: 0 !important; } }

    """
}

extension Date {
  /// The minute in UTC, such as `2026-04-16 18:59 UTC`.
  var minute: String {
    let text = formatted(.iso8601.year().month().day().time(includingFractionalSeconds: false))
    return text.prefix(16).replacing("T", with: " ") + " UTC"
  }
}
