import Foundation
import PKI

extension ServerCheck.Encryption {
  /// The lines about the certificates (G19).
  ///
  /// - Parameter host: the name that the first one must bear.
  func report(host: String) -> [(kind: ServerCheck.Line.Kind, text: String)] {
    if certificates.isEmpty { return [(.notVerified, "The server shows no certificate.")] }
    return certificates.enumerated().flatMap { index, presented in
      let certificate = presented.certificate
      let place = "Certificate \(index + 1) of \(certificates.count) in chain"
      let verdict: (ServerCheck.Line.Kind, String) =
        presented.fault.map { (.notVerified, "\(place): Cert NOT VALIDATED: \($0)") }
        ?? (.verified, "\(place): Cert VALIDATED: ok")
      let facts: [(ServerCheck.Line.Kind, String)] = [
        "Not Valid Before: \(certificate.notBefore.gmt)",
        "Not Valid After: \(certificate.notAfter.gmt)", "subject: \(certificate.subject)",
        "issuer: \(certificate.issuer)",
      ].map { (.certificate, $0) }
      return [verdict] + (index == 0 ? [nameVerdict(of: certificate, host)] : []) + facts
    }
  }

  private func nameVerdict(of certificate: Certificate, _ host: String)
    -> (ServerCheck.Line.Kind, String)
  {
    let names = ([certificate.commonName] + certificate.dnsNames.map { "DNS:\($0)" })
      .joined(separator: " | ")
    return isNameRight
      ? (.verified, "Cert Hostname VERIFIED (\(host) = \(names))")
      : (.notVerified, "Cert Hostname DOES NOT VERIFY (\(host) != \(names))")
  }
}

extension Date {
  /// As OpenSSL writes the dates of certificates, such as `Apr 16 18:59:13 2026 GMT`.
  fileprivate var gmt: String {
    let style = Date.VerbatimFormatStyle(
      format: """
        \(month: .abbreviated) \(day: .defaultDigits) \
        \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\
        \(minute: .twoDigits):\(second: .twoDigits) \(year: .defaultDigits)
        """, locale: Locale(identifier: "en_US_POSIX"), timeZone: .gmt,
      calendar: Calendar(identifier: .gregorian))
    return formatted(style) + " GMT"
  }
}
