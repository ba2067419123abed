public import Addresses

/// A domain name without regard to case (RFC 1035 §2.3.3), always absolute.
public struct DomainName: Hashable, Sendable, CustomStringConvertible {
  /// The labels in small letters, the host first; none for the root.
  public let labels: [String]

  /// Makes a name from labels.
  init(labels: [String]) { self.labels = labels.map { $0.lowercased() } }

  /// Reads a name, with or without the final dot; nil when a label is empty or longer than 63
  /// bytes, or the whole is longer than 253.
  public init?(_ text: some StringProtocol) {
    let whole = text.hasSuffix(".") ? text.dropLast() : text[...]
    if whole.isEmpty {
      guard !text.isEmpty else { return nil }
      labels = []
      return
    }
    let labels = whole.split(separator: ".", omittingEmptySubsequences: false).map {
      $0.lowercased()
    }
    guard Self.canBeName(labels) else { return nil }
    self.labels = labels
  }

  /// Whether labels are neither too long nor too many (RFC 1035 §2.3.4).
  static func canBeName(_ labels: [String]) -> Bool {
    labels.allSatisfy { (1...63).contains($0.utf8.count) }
      && labels.reduce(labels.count) { $0 + $1.utf8.count } <= 254
  }

  /// The name under which an address's own name is looked up (RFC 1035 §3.5).
  public init(reverse address: IPv4Address) {
    let bytes = [0, 8, 16, 24].map { String(address.bits >> $0 & 255) }
    labels = bytes + ["in-addr", "arpa"]
  }

  /// The name without its first label; nil for the root.
  public var parent: DomainName? {
    labels.isEmpty ? nil : DomainName(labels: Array(labels.dropFirst()))
  }

  /// Whether it is this name or one below it.
  public func isWithin(_ ancestor: DomainName) -> Bool {
    labels.count >= ancestor.labels.count
      && labels.suffix(ancestor.labels.count).elementsEqual(ancestor.labels)
  }

  /// The name without the final dot; a dot for the root.
  public var description: String { labels.isEmpty ? "." : labels.joined(separator: ".") }
}
