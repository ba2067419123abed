@testable import Mail
import Addresses
import Resolver
import Testing

@Suite struct SenderPatternTests {
  private func sender(
    _ address: String, name: String? = nil, isConfirmed: Bool = true, score: String? = nil
  ) throws -> SenderFacts {
    let address = try #require(IPv4Address(address))
    var zone = ""
    if let name {
      let reverse = DomainName(reverse: address)
      zone = "\(reverse). PTR \(name).\n\(name). A \(isConfirmed ? "\(address)" : "10.9.9.9")\n"
    }
    return SenderFacts(
      address, host: try Zone(masterFile: zone).hostName(of: address),
      reputation: try ReputationTable(score.map { "\(address) \($0)" } ?? ""))
  }

  @Test(arguments: [
    ("10.1.2.3", "10.1.2.3", true), ("10.1.2.3", "10.1.2.4", false),
    ("10.1.2.0/24", "10.1.2.255", true), ("10.1.2.0/24", "10.1.3.0", false),
    ("0.0.0.0/0", "8.8.8.8", true), ("10.1.2.3/32", "10.1.2.3", true),
    ("192.168.1.", "192.168.1.0", true), ("192.168.1.", "192.168.2.1", false),
    ("192.168.1", "192.168.1.77", true), ("10.", "10.200.0.1", true), ("10", "10.0.0.1", true),
    ("10", "11.0.0.1", false), ("172.16.", "172.16.9.9", true),
    ("10.1.1.10-20", "10.1.1.10", true), ("10.1.1.10-20", "10.1.1.20", true),
    ("10.1.1.10-20", "10.1.1.21", false), ("10.1.1-3", "10.1.3.255", true),
    ("10.1.1-3.", "10.1.0.255", false), ("10.1.1.250-10.1.2.5", "10.1.2.4", true),
    ("10.1.1.250-10.1.2.5", "10.1.2.6", false), ("ALL", "1.2.3.4", true), ("all", "1.2.3.4", true),
    ("2001:db8::1", "10.0.0.1", false), ("10.1.1.20-10", "10.1.1.15", false),
    ("10.1.1.300", "10.1.1.30", false), ("1.2.3.4.5", "1.2.3.4", false),
  ])
  func addressMatches(pattern: String, address: String, expected: Bool) throws {
    #expect(SenderPattern(pattern).matches(try sender(address)) == expected)
  }

  @Test(arguments: [
    ("mx1.partner.example", "mx1.partner.example", true, true),
    ("MX1.Partner.Example", "mx1.partner.example", true, true),
    ("mx1.partner.example", "mx1.partner.example", false, false),
    ("partner.example", "mx1.partner.example", true, false),
    (".partner.example", "mx1.partner.example", true, true),
    (".partner.example", "a.b.partner.example", true, true),
    (".partner.example", "partner.example", true, false),
    (".partner.example", "mx1.notpartner.example", true, false),
    (".partner.example", "mx1.partner.example", false, false),
  ])
  func nameMatches(pattern: String, name: String, isConfirmed: Bool, expected: Bool) throws {
    let sender = try sender("10.0.0.1", name: name, isConfirmed: isConfirmed)
    #expect(SenderPattern(pattern).matches(sender) == expected)
  }

  @Test(arguments: [
    ("sbrs[-10.0:-3.0]", "-3.0", true), ("sbrs[-10.0:-3.0]", "-2.9", false),
    ("SBRS[-1:10]", "2.7", true), ("sbrs[none]", nil, true), ("sbrs[none]", "0", false),
    ("sbrs[-1.0:10.0]", nil, false), ("sbrs[5:1]", "3", false), ("sbrs[x]", "3", false),
    ("sbrs[-1.0 : 10.0]", "0.0", true),
  ])
  func scoreMatches(pattern: String, score: String?, expected: Bool) throws {
    #expect(SenderPattern(pattern).matches(try sender("8.8.8.8", score: score)) == expected)
  }
}
