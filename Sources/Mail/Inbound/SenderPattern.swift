import Addresses
import Resolver

/// An entry of a sender group, ready for matching.
struct SenderPattern: Sendable {
  private enum Kind: Sendable {
    case addresses(ClosedRange<IPv4Address>)
    case host(DomainName)
    case subdomains(DomainName)
    case score(ClosedRange<ReputationScore>)
    case noScore
    case all
    /// A form that nothing here can match, such as an IPv6 address.
    case nothing
  }

  /// The entry as it is written.
  let text: String
  private let kind: Kind

  /// Reads an entry in one of the forms of `Configuration.Sender`; a partial address may lack its
  /// final dot, and the last part of an address may be a range.
  init(_ text: String) {
    self.text = text
    if text.uppercased() == "ALL" {
      kind = .all
    } else if let score = SenderPattern.score(text.lowercased()) {
      kind = score
    } else if let addresses = SenderPattern.addresses(text) {
      kind = .addresses(addresses)
    } else if text.hasPrefix("."), let name = DomainName(text.dropFirst()) {
      kind = .subdomains(name)
    } else if !text.contains(where: { ":/[]".contains($0) }), let name = DomainName(text) {
      kind = .host(name)
    } else {
      kind = .nothing
    }
  }

  func matches(_ sender: SenderFacts) -> Bool {
    switch kind {
    case .addresses(let range): range.contains(sender.address)
    case .host(let name): sender.confirmedName == name
    case .subdomains(let name):
      sender.confirmedName.map { $0 != name && $0.isWithin(name) } ?? false
    case .score(let range): sender.score.map(range.contains) ?? false
    case .noScore: sender.score == nil
    case .all: true
    case .nothing: false
    }
  }

  /// The addresses that the entry means, if it means addresses.
  var addressRange: ClosedRange<IPv4Address>? {
    if case .addresses(let range) = kind { range } else { nil }
  }

  /// `sbrs[a:b]`, both ends included, and `sbrs[none]`.
  private static func score(_ text: String) -> Kind? {
    guard text.hasPrefix("sbrs["), text.hasSuffix("]") else { return nil }
    let inside = text.dropFirst(5).dropLast().filter { $0 != " " }
    if inside == "none" { return .noScore }
    let ends = inside.split(separator: ":", omittingEmptySubsequences: false)
    guard ends.count == 2, let low = ReputationScore(ends[0]), let high = ReputationScore(ends[1]),
      low <= high
    else { return .nothing }
    return .score(low...high)
  }

  private static func addresses(_ text: String) -> ClosedRange<IPv4Address>? {
    guard text.allSatisfy({ $0.isASCII && ($0.isNumber || "./-".contains($0)) }) else {
      return nil
    }
    if text.contains("/") {
      return IPv4Network(text)?.addresses
    }
    let ends = text.split(separator: "-", omittingEmptySubsequences: false)
    if ends.count == 2, let low = IPv4Address(ends[0]), let high = IPv4Address(ends[1]) {
      return low <= high ? low...high : nil
    }
    return partialAddress(text.hasSuffix(".") ? text.dropLast() : text[...])
  }

  /// `10`, `10.1`, `10.1.2`, `10.1.2.3`, the last part perhaps `3-9`.
  private static func partialAddress(_ text: Substring) -> ClosedRange<IPv4Address>? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...4).contains(parts.count), let last = parts.last else { return nil }
    var prefix: UInt32 = 0
    for part in parts.dropLast() {
      guard let byte = UInt8(part) else { return nil }
      prefix = prefix << 8 | UInt32(byte)
    }
    let ends = last.split(separator: "-", omittingEmptySubsequences: false).map { UInt8($0) }
    guard (1...2).contains(ends.count), let low = ends[0], let high = ends[ends.count - 1],
      low <= high
    else { return nil }
    let rest = UInt32(8 * (4 - parts.count))
    let lowest = (prefix << 8 | UInt32(low)) << rest
    let highest = (prefix << 8 | UInt32(high)) << rest
    return IPv4Address(bits: lowest)...IPv4Address(bits: highest | (1 << rest - 1))
  }
}
