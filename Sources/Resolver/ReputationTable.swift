public import Addresses

/// A sender's reputation, -10.0 to 10.0 in steps of a tenth.
public struct ReputationScore: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The score in tenths, -100 to 100.
  public let tenths: Int

  /// Reads a number with at most one decimal, such as `-3` or `2.7`; nil outside of the bounds.
  public init?(_ text: some StringProtocol) {
    let isNegative = text.hasPrefix("-")
    let parts = text.drop { $0 == "-" || $0 == "+" }
      .split(separator: ".", omittingEmptySubsequences: false)
    guard text.prefix(while: { $0 == "-" || $0 == "+" }).count <= 1,
      (1...2).contains(parts.count), let whole = UInt8(parts[0]),
      let tenth = parts.count == 2 ? UInt8(parts[1]) : 0, tenth < 10
    else { return nil }
    let tenths = Int(whole) * 10 + Int(tenth)
    guard tenths <= 100 else { return nil }
    self.tenths = isNegative ? -tenths : tenths
  }

  /// With one decimal, such as `2.7`.
  public var description: String {
    "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }

  /// Worse is less.
  public static func < (left: ReputationScore, right: ReputationScore) -> Bool {
    left.tenths < right.tenths
  }
}

/// The lab's reputation service: scores of addresses and networks.
public struct ReputationTable: Sendable {
  private let entries: [(network: IPv4Network, score: ReputationScore)]

  /// A table without entries.
  public static let empty = ReputationTable(entries: [])

  private init(entries: [(network: IPv4Network, score: ReputationScore)]) {
    self.entries = entries
  }

  /// Reads a table: a line holds an address or a CIDR network, blanks, and a score; `#` and `;`
  /// start a comment.
  ///
  /// - Throws: `ReputationTableError` with the first line that cannot be read.
  public init(_ text: String) throws(ReputationTableError) {
    var entries: [(network: IPv4Network, score: ReputationScore)] = []
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let words = line.prefix { $0 != "#" && $0 != ";" }.split(whereSeparator: \.isWhitespace)
      if words.isEmpty { continue }
      guard words.count == 2, let network = IPv4Network(words[0]),
        let score = ReputationScore(words[1])
      else {
        throw ReputationTableError(line: index + 1)
      }
      entries.append((network, score))
    }
    // Stable: of two entries for one network the first counts.
    self.entries = entries.enumerated().sorted {
      ($0.element.network.prefixLength, -$0.offset) > ($1.element.network.prefixLength, -$1.offset)
    }.map(\.element)
  }

  /// The score of an address by the narrowest entry that holds it; nil if none does.
  public func score(of address: IPv4Address) -> ReputationScore? {
    entries.first { $0.network.contains(address) }?.score
  }

  /// The networks with a score; single addresses have a prefix length of 32.
  public var networks: [IPv4Network] { entries.map(\.network) }
}

/// The line of a reputation table that cannot be read.
public struct ReputationTableError: Error, Hashable, CustomStringConvertible {
  /// The number of the line, from 1.
  public let line: Int

  /// A sentence that says what belongs there.
  public var description: String {
    "Line \(line) of the reputation table is not an address or network with a score from -10.0"
      + " to 10.0."
  }
}
