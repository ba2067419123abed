import Foundation
@testable import ServiceTLS
import PKI
import TestSupport
import Testing

/// Which certificates bear the right name: mail for a domain, to a host that the MX records (or an
/// SMTP route) name, at an address that has a name itself.
@Suite struct NameRulesTests {
  /// A certificate, the peer that shows it, and which of its names fits under both sets of rules.
  struct Case: Sendable, CustomTestStringConvertible {
    let what: String
    var commonName = "other.example"
    var alternativeNames: [String] = []
    var domain = "partner.example"
    var host: String? = "mx1.partner.example"
    var hosts = ["mx1.partner.example", "mx2.partner.example"]
    var pointer: String?
    /// What fits: `SAN domain`, `CN pointer`; empty for a mismatch.
    let verify: String
    let hosted: String

    var testDescription: String { what }
  }

  static let cases = [
    Case(
      what: "common name is the domain", commonName: "partner.example", verify: "CN domain",
      hosted: "CN domain"),
    Case(
      what: "common name is the MX host", commonName: "mx1.partner.example", verify: "CN host",
      hosted: "CN host"),
    Case(
      what: "common name is a wildcard over the MX host", commonName: "*.partner.example",
      verify: "CN host", hosted: "CN host"),
    Case(
      what: "common name is a wildcard over the domain", commonName: "*.partner.example",
      domain: "mail.partner.example", host: "mx.hoster.example", hosts: ["mx.hoster.example"],
      verify: "", hosted: "CN domain"),
    Case(
      what: "common name is the name of the address", commonName: "host10.isp.example",
      pointer: "host10.isp.example", verify: "CN pointer", hosted: ""),
    Case(
      what: "the name of the address is not confirmed", commonName: "host10.isp.example",
      verify: "", hosted: ""),
    Case(
      what: "common name is a wildcard over the name of the address", commonName: "*.isp.example",
      pointer: "host10.isp.example", verify: "", hosted: ""),
    Case(what: "no name fits", verify: "", hosted: ""),
    Case(
      what: "the demonstration certificate", commonName: "Cisco Appliance Demo Certificate",
      verify: "", hosted: ""),
    Case(
      what: "alternative name is the domain", alternativeNames: ["partner.example"],
      verify: "SAN domain", hosted: "SAN domain"),
    Case(
      what: "alternative name is a wildcard over the domain",
      alternativeNames: ["*.partner.example"], domain: "mail.partner.example",
      host: "mx.hoster.example", hosts: ["mx.hoster.example"], verify: "SAN domain",
      hosted: "SAN domain"),
    Case(
      what: "a wildcard does not cover the domain itself", alternativeNames: ["*.partner.example"],
      host: "mx.hoster.example", hosts: ["mx.hoster.example"], verify: "", hosted: ""),
    Case(
      what: "alternative name is the MX host", alternativeNames: ["mx1.partner.example"],
      verify: "", hosted: "SAN host"),
    Case(
      what: "alternative name is a wildcard over the MX host",
      alternativeNames: ["*.partner.example"], verify: "", hosted: "SAN host"),
    Case(
      what: "both names are the MX host", commonName: "mx1.partner.example",
      alternativeNames: ["mx1.partner.example"], verify: "CN host", hosted: "SAN host"),
    Case(
      what: "alternative names hide the common name from the hosted rules",
      commonName: "mx1.partner.example", alternativeNames: ["www.partner.example"],
      verify: "CN host", hosted: ""),
    Case(
      what: "alternative names hide the domain from the hosted rules",
      commonName: "partner.example", alternativeNames: ["www.other.example"],
      verify: "CN domain", hosted: ""),
    Case(
      what: "the first rule that fits counts", commonName: "mx1.partner.example",
      alternativeNames: ["mx1.partner.example", "partner.example"], verify: "SAN domain",
      hosted: "SAN domain"),
    Case(
      what: "another MX host of the domain", commonName: "mx2.partner.example",
      alternativeNames: ["mx2.partner.example"], verify: "", hosted: "SAN host"),
    Case(
      what: "common name is the host of an SMTP route", commonName: "gateway.hoster.example",
      host: "gateway.hoster.example", hosts: ["gateway.hoster.example"], verify: "CN host",
      hosted: "CN host"),
    Case(
      what: "alternative name is the host of an SMTP route",
      alternativeNames: ["gateway.hoster.example"], host: "gateway.hoster.example",
      hosts: ["gateway.hoster.example"], verify: "", hosted: "SAN host"),
    Case(
      what: "an SMTP route that names an address", commonName: "192.168.1.50",
      alternativeNames: ["192.168.1.50"], host: nil, hosts: ["192.168.1.50"], verify: "",
      hosted: ""),
    Case(
      what: "case does not matter", commonName: "MX1.Partner.EXAMPLE",
      alternativeNames: ["Mx1.partner.Example"], verify: "CN host", hosted: "SAN host"),
    Case(
      what: "a wildcard is one label", commonName: "*.partner.example",
      alternativeNames: ["*.partner.example"], host: "mx1.eu.partner.example",
      hosts: ["mx1.eu.partner.example"], verify: "", hosted: ""),
    Case(
      what: "a wildcard is a whole label", commonName: "mx*.partner.example",
      alternativeNames: ["mx*.partner.example"], verify: "", hosted: ""),
    Case(
      what: "a wildcard is the first label", commonName: "mx1.*.example",
      alternativeNames: ["mx1.*.example"], verify: "", hosted: ""),
    Case(
      what: "a wildcard leaves two labels", commonName: "*.example",
      alternativeNames: ["*.example", "*"], verify: "", hosted: ""),
    Case(
      what: "names of other scripts are compared as A-labels",
      alternativeNames: ["xn--bcher-kva.example"], domain: "xn--bcher-kva.example",
      verify: "SAN domain", hosted: "SAN domain"),
    Case(
      what: "a name in another script is none", commonName: "bücher.example",
      domain: "xn--bcher-kva.example", verify: "", hosted: ""),
    Case(
      what: "a zero byte in the common name", commonName: "partner.example?.evil.example",
      verify: "", hosted: ""),
    Case(
      what: "a zero byte in an alternative name",
      alternativeNames: ["partner.example?.evil.example"], verify: "", hosted: ""),
  ]

  /// A real certificate of these names; a question mark becomes a zero byte, which no tool makes.
  private func certificate(_ test: Case) async throws -> Certificate {
    let certificate = try await Certificate.selfSigned(
      subject: DistinguishedName(commonName: test.commonName),
      key: CertificatePool.shared.p256Keys[0], dnsNames: test.alternativeNames,
      notBefore: .testMoment, days: 30, serialNumber: [1])
    // The signature may hold the byte too, but not what follows here.
    var der = certificate.der
    for place in der.indices where der[place...].starts(with: "?.evil".utf8) { der[place] = 0 }
    return try Certificate(der: der)
  }

  private func text(_ match: NameMatch?) -> String {
    guard let match else { return "" }
    return (match.place == .alternativeName ? "SAN " : "CN ") + "\(match.reference)"
  }

  @Test(arguments: cases)
  func theRulesOfVerify(test: Case) async throws {
    let names = PeerNames(
      domain: test.domain, host: test.host, hosts: test.hosts, pointer: test.pointer)
    #expect(try await text(NameRules.verify.match(certificate(test), names)) == test.verify)
  }

  @Test(arguments: cases)
  func theRulesOfHostedDomains(test: Case) async throws {
    let names = PeerNames(
      domain: test.domain, host: test.host, hosts: test.hosts, pointer: test.pointer)
    #expect(try await text(NameRules.hosted.match(certificate(test), names)) == test.hosted)
  }

  @Test func aMatchTellsBothNames() async throws {
    let certificate = try await certificate(
      Case(what: "", commonName: "*.Partner.example", verify: "", hosted: ""))
    let names = PeerNames(domain: "partner.example", host: "mx1.partner.example.")
    #expect(
      NameRules.verify.match(certificate, names)
        == NameMatch(
          place: .commonName, presented: "*.Partner.example", reference: .host,
          name: "mx1.partner.example."))
  }

  /// A right name does not make up for one that nobody can find.
  @Test(arguments: [
    ("mx1.partner.example", ["mx1.partner.example"], true),
    ("mx1.partner.example", ["*.partner.example"], true), ("", ["mx1.partner.example"], true),
    ("mx1", ["mx1.partner.example"], false), ("mx1.partner.example", ["mx1"], false),
    ("Lab Server", ["mx1.partner.example"], false), ("mx1.partner.example", ["10.0.0.1"], false),
  ])
  func namesMayHaveToBeFullyQualified(
    commonName: String, alternativeNames: [String], isTaken: Bool
  ) async throws {
    let certificate = try await Certificate.selfSigned(
      subject: DistinguishedName(commonName: commonName, organization: "Lab"),
      key: CertificatePool.shared.p256Keys[0], dnsNames: alternativeNames,
      notBefore: .testMoment, days: 30, serialNumber: [1])
    let names = PeerNames(domain: "partner.example", host: "mx1.partner.example")
    let rules = NameRules.hosted
    #expect(
      rules.fault(of: certificate, names, demandsFullNames: true)
        == (isTaken ? nil : NameRules.unqualified))
    let isMatch = rules.match(certificate, names) != nil
    #expect(
      rules.fault(of: certificate, names, demandsFullNames: false)
        == (isMatch ? nil : NameRules.mismatch))
  }

  @Test func theLastOfSeveralCommonNamesCounts() async throws {
    let certificate = try await Certificate.selfSigned(
      subject: DistinguishedName(
        relativeNames: ["partner.example", "other.example"].map { [.init(type: "CN", value: $0)] }),
      key: CertificatePool.shared.p256Keys[0], notBefore: .testMoment, days: 30,
      serialNumber: [1])
    let names = PeerNames(domain: "partner.example", host: "mx1.partner.example")
    #expect(NameRules.verify.match(certificate, names) == nil)
  }

  /// The hosted rules compare as OpenSSL does.
  @Test(arguments: [
    "mx1.partner.example", "*.partner.example", "*.eu.partner.example", "partner.example",
    "*.example",
    "*", "*.*.example", "mx1.*.example", "MX1.PARTNER.EXAMPLE", ".partner.example", "*.com.",
    "mx1..example", "10.0.0.1",
  ])
  func openSSLComparesAlike(pattern: String) async throws {
    let certificate = try await certificate(
      Case(what: "", alternativeNames: [pattern], verify: "", hosted: ""))
    for host in ["mx1.partner.example", "partner.example", "mx1.eu.partner.example", "example"] {
      let names = PeerNames(domain: host, host: nil)
      let result = try TrustStore(authorities: [certificate]).verify(
        leaf: certificate, intermediates: [], at: .testMoment, hostName: host)
      #expect(
        (NameRules.hosted.match(certificate, names) != nil) == result.isVerified,
        "\(pattern) and \(host): \(result.failures)")
    }
  }
}
