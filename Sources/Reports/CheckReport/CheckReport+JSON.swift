import Foundation
import Mail
import PKI

extension CheckReport {
  /// The report for programs, keys sorted, ended by a line end.
  ///
  /// - Throws: what the encoder throws.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    let document = Document(
      domain: domain, date: date, confidence: confidence, servers: servers.map(entry))
    return String(decoding: try encoder.encode(document), as: UTF8.self) + "\n"
  }

  private func entry(_ server: ServerCheck) -> Document.Server {
    Document.Server(
      host: server.host, address: server.address, port: server.port,
      preference: server.preference, score: score(of: server),
      steps: columns.columns.map { column in
        let success = server.successes[column.step]
        return Document.Step(
          name: column.title, ok: success != nil, milliseconds: success?.milliseconds)
      },
      tls: server.encryption.map(Document.TLS.init),
      conversation: server.lines.map { line in
        Document.Line(
          seconds: line.time / .seconds(1), kind: line.kind.rawValue, text: line.text)
      })
  }
}

/// The form of a report in JSON.
private struct Document: Encodable {
  struct Server: Encodable {
    let host: String
    let address: String?
    let port: Int
    let preference: Int
    let score: Int
    let steps: [Step]
    let tls: TLS?
    let conversation: [Line]
  }

  struct Step: Encodable {
    let name: String
    let ok: Bool
    let milliseconds: Int?
  }

  struct TLS: Encodable {
    let `protocol`: String
    let cipher: String
    let hostnameVerified: Bool
    let verified: Bool
    let certificates: [Certificate]

    init(_ encryption: ServerCheck.Encryption) {
      `protocol` = encryption.protocolName
      cipher = encryption.cipher
      hostnameVerified = encryption.isNameRight
      verified = encryption.isVerified
      certificates = encryption.certificates.map(Certificate.init)
    }
  }

  struct Certificate: Encodable {
    let subject: String
    let issuer: String
    let names: [String]
    let notBefore: Date
    let notAfter: Date
    let sha256: String
    let fault: String?

    init(_ presented: ServerCheck.PresentedCertificate) {
      let certificate = presented.certificate
      subject = certificate.subject.description
      issuer = certificate.issuer.description
      names = certificate.dnsNames
      notBefore = certificate.notBefore
      notAfter = certificate.notAfter
      sha256 = certificate.sha256
      fault = presented.fault
    }
  }

  struct Line: Encodable {
    let seconds: Double
    let kind: String
    let text: String
  }

  let domain: String
  let date: Date
  let confidence: Int
  let servers: [Server]
}
