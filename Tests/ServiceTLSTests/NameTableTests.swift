import Foundation
@testable import ServiceTLS
import PKI
import TestSupport
import Testing

/// `Tests/Fixtures/name-rules.tsv`: certificates with verdicts judged by the rules alone; each is
/// made by the openssl command.
@Suite struct NameTableTests {
  /// A line of the table.
  struct Row: Sendable, CustomTestStringConvertible {
    let columns: [String]

    var number: String { columns[0] }
    var commonNames: [String] {
      columns[1].split(separator: " + ").map(String.init).filter { !$0.isEmpty }
    }
    /// Nil where the certificate has no such extension.
    var dnsNames: [String]? {
      switch columns[2] {
      case "-": columns[3] == "-" ? nil : []
      case "": []
      default: columns[2].components(separatedBy: ",").map { $0 == "\"\"" ? "" : $0 }
      }
    }
    var otherName: String? { columns[3] == "-" ? nil : columns[3] }
    var verify: Bool { columns[8] == "yes" }
    var hosted: Bool { columns[9] == "yes" }
    var reason: String { columns[10] }
    var testDescription: String { "row \(number)" }

    /// What the resolver and the routes would tell of this peer.
    var names: PeerNames {
      let (how, dialled) = (columns[5], columns[6])
      let isAddress = how.hasPrefix("address") || how.hasPrefix("SMTP route address")
      let pointer = columns[7].split(separator: ",").first.map(String.init)
      let others = how.contains("mx2.partner.example") ? ["mx2.partner.example"] : []
      return PeerNames(
        domain: columns[4], host: isAddress ? nil : dialled, hosts: [dialled] + others,
        pointer: pointer == "-" || pointer?.hasSuffix("(unconfirmed)") == true ? nil : pointer)
    }
  }

  /// Rows that the rules leave open and that are read otherwise here, each with the reason.
  static let settled = [
    "13": "one name of an address is asked for, the first that is confirmed",
    "54": "recipients' domains of other scripts are refused before (no SMTPUTF8)",
    "79": "an SMTP route's host stands in the place of the MX host",
  ]

  static let rows: [Row] = {
    let file = repositoryRoot.appending(path: "Tests/Fixtures/name-rules.tsv")
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").dropFirst().map {
      Row(columns: $0.components(separatedBy: "\t"))
    }
  }()

  @Test func theTableIsWhole() {
    #expect(Self.rows.count >= 100)
    #expect(Self.rows.allSatisfy { $0.columns.count == 11 })
    for row in Self.rows where Self.settled[row.number] != nil {
      #expect(row.reason.hasPrefix("AMBIGUOUS"), "only what is open can be settled")
    }
  }

  @Test(arguments: rows.filter { settled[$0.number] == nil })
  func theVerdictIsThatOfTheTable(row: Row) async throws {
    let certificate = try await makeCertificate(row)
    #expect((NameRules.verify.match(certificate, row.names) != nil) == row.verify, "\(row.reason)")
    #expect((NameRules.hosted.match(certificate, row.names) != nil) == row.hosted, "\(row.reason)")
  }

  @concurrent
  private func makeCertificate(_ row: Row) async throws -> Certificate {
    let folder = try TemporaryDirectory()
    let subject = row.commonNames.map { "/CN=" + $0.replacing("\\0", with: "?") }.joined()
    var arguments =
      "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout k -days 30 -utf8"
      + " -out c.der -outform DER -subj {}"
    if let names = row.alternativeNames {
      arguments += " -addext 2.5.29.17=DER:" + names.map { String(format: "%02x", $0) }.joined()
    }
    try folder.openssl(arguments, with: subject.isEmpty ? "/" : subject)
    var der = try [UInt8](Data(contentsOf: URL(filePath: folder.path("c.der"))))
    // A zero byte that no command line can hold.
    for place in der.indices where der[place...].starts(with: "?.evil".utf8) { der[place] = 0 }
    return try Certificate(der: der)
  }
}

extension NameTableTests.Row {
  /// The extension's value: a SEQUENCE of GeneralName (RFC 5280 section 4.2.1.6).
  fileprivate var alternativeNames: [UInt8]? {
    guard let dnsNames else { return nil }
    var names = dnsNames.flatMap {
      Self.element(0x82, Array($0.replacing("\\0", with: "?").utf8))
    }
    if let otherName {
      let (kind, value) = (otherName.prefix { $0 != ":" }, otherName.drop { $0 != ":" }.dropFirst())
      names +=
        kind == "IP"
        ? Self.element(0x87, value.split(separator: ".").compactMap { UInt8($0) })
        : Self.element(0x81, Array(value.utf8))
    }
    return Self.element(0x30, names)
  }

  private static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
    let count = content.count
    let length =
      switch count {
      case ..<0x80: [UInt8(count)]
      case ..<0x100: [0x81, UInt8(count)]
      default: [0x82, UInt8(count >> 8), UInt8(count & 0xFF)]
      }
    return [tag] + length + content
  }
}
