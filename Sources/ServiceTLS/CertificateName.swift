import Addresses

/// A name in a certificate, as a pattern for host names.
///
/// One wildcard is known: a whole first label `*`, which stands for exactly one label, above at least
/// two others. Source: RFC 9525 section 6.3; X509_check_host(3) without partial wildcards.
struct CertificateName: Hashable, Sendable {
  /// The name as the certificate has it.
  let text: String
  private let hasWildcard: Bool
  /// The labels in small letters, the wildcard left out.
  private let labels: [String]

  /// Reads a name; nil for one that cannot match any host: an address, an empty or overlong label,
  /// a byte that no host name has, a wildcard elsewhere, a dot at the end (RFC 5280 section 4.2.1.6).
  init?(_ text: String) {
    guard !text.hasSuffix(".") else { return nil }
    var rest = text[...]
    let hasWildcard = rest.hasPrefix("*.")
    if hasWildcard { rest = rest.dropFirst(2) }
    guard let labels = Self.labels(rest), !hasWildcard || labels.count >= 2 else { return nil }
    self.text = text
    self.hasWildcard = hasWildcard
    self.labels = labels
  }

  /// Whether a domain stands behind the first label.
  var isFullyQualified: Bool { hasWildcard || labels.count >= 2 }

  /// Whether the name is literally that host.
  func equals(_ host: String) -> Bool { !hasWildcard && labels == Self.labels(host[...]) }

  /// Whether the name is that host, or covers it by its wildcard.
  func covers(_ host: String) -> Bool {
    guard hasWildcard else { return equals(host) }
    guard let host = Self.labels(host[...]) else { return false }
    return host.count == labels.count + 1 && host.dropFirst().elementsEqual(labels)
  }

  /// The labels of a host name in small letters; nil when it is none.
  private static func labels(_ name: Substring) -> [String]? {
    // A dot at the end says that the name is absolute, as these are anyway.
    let name = name.hasSuffix(".") ? name.dropLast() : name
    guard name.utf8.count <= 253, IPv4Address(String(name)) == nil else { return nil }
    let labels = name.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.allSatisfy(isLabel) else { return nil }
    return labels.map { $0.lowercased() }
  }

  /// Letters, digits, hyphens and, since there are such hosts, underscores; names of other scripts
  /// appear as A-labels (RFC 5890 section 2.3.2.1).
  private static func isLabel(_ label: Substring) -> Bool {
    1...63 ~= label.utf8.count
      && label.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }
}
