import PKI

extension ChainPicture {
  /// The picture for a terminal, lines joined by line ends.
  public func text(_ ink: Ink) -> String {
    var lines = [
      "\(ink(title, .strong)): \(servicesText)",
      verdictLine(ink), "",
    ]
    for (step, link) in path.enumerated() {
      let isLast = step == path.count - 1
      let indent = String(repeating: " ", count: max(0, step - 1) * 3)
      if step > 0 { lines.append("\(indent)│") }
      let branch = step == 0 ? "" : "\(indent)└─ "
      let stem = step == 0 ? "" : "\(indent)   "
      lines.append(branch + ink(link.name, link.certificate == nil ? .bad : .strong))
      lines += facts(of: link, ink).map { "\(stem)\(isLast ? " " : "│")  \($0)" }
    }
    if !others.isEmpty {
      lines += ["", ink("Sent as well, and of no use:", .strong)]
      for link in others {
        lines.append("•  \(link.name)")
        lines += facts(of: link, ink).map { "   \($0)" }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var servicesText: String {
    services.isEmpty ? "no service presents it" : "presented by \(services.joined(separator: ", "))"
  }

  private func verdictLine(_ ink: Ink) -> String {
    isVerified ? ink("✓ \(verdict)", .good) : ink("✗ \(verdict)", .bad)
  }

  private func facts(of link: Link, _ ink: Ink) -> [String] {
    var lines = [link.place].filter { !$0.isEmpty }
    if let certificate = link.certificate {
      lines.append(bar(certificate, ink))
      if !certificate.dnsNames.isEmpty {
        lines.append("names \(certificate.dnsNames.joined(separator: ", ").printable)")
      }
      lines.append(ink("\(certificate.keyDescription), serial \(certificate.serialNumber)", .faint))
    }
    return lines
      + link.remarks.map { remark in
        remark.weight == .fault ? ink("✗ \(remark.text)", .bad) : ink("! \(remark.text)", .doubtful)
      }
  }

  /// The time between a certificate's two dates, what is over filled.
  private func bar(_ certificate: Certificate, _ ink: Ink) -> String {
    let width = 24
    let filled = Int((certificate.share(at: moment) * Double(width)).rounded(.down))
    let bar = String(bar: width, filled: filled)
    return "\(certificate.notBefore.day) \(ink(bar, tone(of: certificate))) "
      + "\(certificate.notAfter.day)  \(remaining(certificate))"
  }

  private func tone(of certificate: Certificate) -> Ink.Tone {
    if !certificate.isCurrent(at: moment) { return .bad }
    return certificate.days(from: moment) <= Self.warningDays ? .doubtful : .good
  }

  /// How long it is still valid, in words.
  func remaining(_ certificate: Certificate) -> String {
    if moment < certificate.notBefore { return "not valid yet" }
    let days = certificate.days(from: moment)
    return days < 0 ? "expired" : days == 1 ? "1 day left" : "\(days) days left"
  }
}

extension ChainPicture.Link {
  /// Where it comes from, in words.
  var place: String {
    let trust = lists.isEmpty ? "" : "trusted by \(lists.joined(separator: ", "))"
    return switch origin {
    case .sent(let places):
      (["sent as number \(places.map(String.init).joined(separator: " and "))"] + [trust])
        .filter { !$0.isEmpty }.joined(separator: ", ")
    case .trusted: "not sent, \(trust)"
    case .missing: ""
    }
  }
}
