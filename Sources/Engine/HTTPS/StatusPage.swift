import Configuration
import Foundation
import PKI
import Reports

/// The page that an interface shows over HTTPS: enough to see in a browser which certificate is
/// served there (G18).
///
/// Certificates hold strangers' words; `HTML` escapes them.
struct StatusPage: Sendable {
  /// The page as HTML, one self-contained text.
  let html: String

  /// - Parameters:
  ///   - name: the interface's name.
  ///   - interface: what it is.
  ///   - certificateName: the profile's name.
  ///   - profile: the profile that HTTPS presents.
  init(
    name: String, interface: Interface, release: Release, certificateName: String,
    profile: CertificateProfile
  ) {
    let certificate = profile.certificate
    let names = certificate.dnsNames.joined(separator: ", ")
    let rows: [(String, String)] = [
      ("Interface", "\(name) (\(interface.network))"),
      ("Host name", interface.hostName),
      ("Release", "AsyncOS \(release.version) build \(release.build)"),
      ("Certificate profile", certificateName),
      ("Subject", "\(certificate.subject)"),
      ("DNS names", names.isEmpty ? "none" : names),
      ("Issuer", "\(certificate.issuer)"),
      ("Valid", "\(Self.text(certificate.notBefore)) to \(Self.text(certificate.notAfter))"),
      ("SHA-256", certificate.sha256),
      ("Intermediates sent", "\(profile.intermediates.count)"),
    ]
    let table = rows.map { title, value in
      HTML("<tr><th scope=\"row\">\(title)</th><td>\(value)</td></tr>\n")
    }
    let page: HTML = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <title>\(interface.hostName)</title>
      <style>
      body { font: 16px/1.5 sans-serif; margin: 2em auto; max-width: 50em; padding: 0 1em }
      th { font-weight: normal; color: #555; padding-right: 2em; text-align: left }
      th, td { vertical-align: top; overflow-wrap: anywhere }
      </style>
      </head>
      <body>
      <h1>\(interface.hostName)</h1>
      <table>
      \(table)</table>
      </body>
      </html>

      """
    html = page.source
  }

  private static func text(_ date: Date) -> String {
    date.formatted(.iso8601.dateSeparator(.dash).timeSeparator(.colon))
  }
}
