import Foundation
import Resolver
import TestSupport
import Testing

/// Zones in files, signed by ldns-signzone, and a resolver that reads them: no server is asked.
struct SignedZones {
  let folder: TemporaryDirectory
  let settings: NameServerSettings

  init() throws {
    folder = try TemporaryDirectory()
    var settings = NameServerSettings()
    settings.trustAnchors = []
    settings.zoneFiles = [
      try folder.signed("signed.example", SignedZones.signed, &settings.trustAnchors),
      try folder.signed("tampered.example", SignedZones.small, &settings.trustAnchors) {
        $0.replacing("A\t10.0.2.1", with: "A\t10.66.6.6")
      },
      try folder.signed(
        "expired.example", SignedZones.small, &settings.trustAnchors,
        options: ["-i", "20200101", "-e", "20200201"]),
      try folder.plain("plain.example", SignedZones.small),
      try folder.plain("unsigned.signed.example", SignedZones.small),
    ]
    self.settings = settings
  }

  private static let small = """
    @ IN MX 10 mx
    mx IN A 10.0.2.1

    """

  private static let signed = """
    @ IN MX 10 mx1
    @ IN MX 20 mx2
    mx1 IN A 10.0.0.1
    mx1 IN AAAA 2001:db8::1
    mx2 IN A 10.0.0.2
    mx2 IN A 10.0.0.3
    www IN CNAME mx1
    outside IN CNAME mx.plain.example.
    text IN TXT "two words" three
    _25._tcp.mx1 IN TLSA 3 1 1 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
    1.reverse IN PTR mx1
    unsigned IN NS ns.unsigned

    """
}

extension TemporaryDirectory {
  private func head(_ domain: String) -> String {
    """
    $ORIGIN \(domain).
    $TTL 3600
    @ IN SOA ns hostmaster 7 3600 600 604800 300
    @ IN NS ns
    ns IN A 10.0.0.53

    """
  }

  fileprivate func plain(_ domain: String, _ records: String) throws
    -> NameServerSettings.ZoneFile
  {
    try write(Array((head(domain) + records).utf8), to: domain)
    return .init(domain: try #require(DomainName(domain)), path: path(domain))
  }

  /// Signs a zone, then changes what was signed.
  fileprivate func signed(
    _ domain: String, _ records: String, _ anchors: inout [String], options: [String] = [],
    changed: (String) -> String = { $0 }
  ) throws -> NameServerSettings.ZoneFile {
    let zone = try plain(domain, records)
    let key = try run("ldns-keygen", ["-a", "ECDSAP256SHA256", "-k", domain])
    try run("ldns-signzone", options + [domain, key])
    anchors.append(try text(key + ".ds").trimmingCharacters(in: .whitespacesAndNewlines))
    try write(Array(changed(try text(domain + ".signed")).utf8), to: domain)
    return zone
  }

  /// Runs a program in the folder; gives the line that it prints.
  @discardableResult
  private func run(_ program: String, _ arguments: [String]) throws -> String {
    let result = try OutsideProgram.runHere([program] + arguments, in: path)
    try #require(result.status == 0, "\(program) \(arguments): \(result.output)")
    return result.output.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
