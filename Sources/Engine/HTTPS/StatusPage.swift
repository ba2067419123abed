import Configuration
import Foundation
import PKI

/// The page that an interface shows over HTTPS: enough to see in a browser which certificate is
/// served there (G18).
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
    let table = rows.map { row in
      "<tr><th scope=\"row\">\(Self.escape(row.0))</th><td>\(Self.escape(row.1))</td></tr>"
    }.joined(separator: "\n")
    html = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <title>\(Self.escape(interface.hostName))</title>
      <style>
      body { font: 16px/1.5 sans-serif; margin: 2em auto; max-width: 50em; padding: 0 1em }
      th { font-weight: normal; color: #555; padding-right: 2em; text-align: left }
      th, td { vertical-align: top; overflow-wrap: anywhere }
      </style>
      </head>
      <body>
      <h1>\(Self.escape(interface.hostName))</h1>
      <table>
      \(table)
      </table>
      </body>
      </html>

      """
  }

  private static func text(_ date: Date) -> String {
    date.formatted(.iso8601.dateSeparator(.dash).timeSeparator(.colon))
  }

  /// Certificates hold strangers' words.
  private static func escape(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.append(character)
      }
    }
  }
}
