/// Which entries a search means.
///
/// Source: RFC 4511 section 4.5.1.7; as text RFC 4515.
public indirect enum SearchFilter: Hashable, Sendable {
  /// All of them.
  case and([SearchFilter])
  /// One of them at least.
  case or([SearchFilter])
  /// Not that.
  case not(SearchFilter)
  /// An attribute compared with a value.
  case comparison(Comparison, attribute: String, value: [UInt8])
  /// A value that holds these pieces in this order; nil stands for an open end.
  case substrings(attribute: String, initial: [UInt8]?, any: [[UInt8]], final: [UInt8]?)
  /// The attribute is there.
  case present(attribute: String)
  /// A comparison by a rule of the server's.
  case extensible(rule: String?, attribute: String?, value: [UInt8], includesDN: Bool)

  /// How a value is compared.
  public enum Comparison: UInt8, Hashable, Sendable {
    case equal = 3
    case greaterOrEqual = 5
    case lessOrEqual = 6
    case approximate = 8
  }
}

extension SearchFilter {
  /// The filter with the appliance's tokens, such as `{a}`, replaced in its values.
  ///
  /// What takes a token's place is a value, whatever characters are in it: nothing of it is read as
  /// a part of the filter.
  ///
  /// - Parameter tokens: what stands for each, the braces included.
  public func replacing(_ tokens: [String: String]) -> SearchFilter {
    let tokens = tokens.map { (Array($0.key.utf8), Array($0.value.utf8)) }
    return mapValues { value in
      var result: [UInt8] = []
      var rest = value[...]
      while let byte = rest.first {
        if let (token, text) = tokens.first(where: { rest.starts(with: $0.0) }) {
          result += text
          rest = rest.dropFirst(token.count)
        } else {
          result.append(byte)
          rest = rest.dropFirst()
        }
      }
      return result
    }
  }

  private func mapValues(_ change: ([UInt8]) -> [UInt8]) -> SearchFilter {
    switch self {
    case .and(let filters): .and(filters.map { $0.mapValues(change) })
    case .or(let filters): .or(filters.map { $0.mapValues(change) })
    case .not(let filter): .not(filter.mapValues(change))
    case .comparison(let comparison, let attribute, let value):
      .comparison(comparison, attribute: attribute, value: change(value))
    case .substrings(let attribute, let initial, let any, let final):
      .substrings(
        attribute: attribute, initial: initial.map(change), any: any.map(change),
        final: final.map(change))
    case .present: self
    case .extensible(let rule, let attribute, let value, let includesDN):
      .extensible(rule: rule, attribute: attribute, value: change(value), includesDN: includesDN)
    }
  }

  /// The filter in BER.
  var encoded: [UInt8] {
    switch self {
    case .and(let filters):
      BERWriter.element(BERTag.contextConstructed(0), filters.flatMap(\.encoded))
    case .or(let filters):
      BERWriter.element(BERTag.contextConstructed(1), filters.flatMap(\.encoded))
    case .not(let filter): BERWriter.element(BERTag.contextConstructed(2), filter.encoded)
    case .comparison(let comparison, let attribute, let value):
      BERWriter.element(
        BERTag.contextConstructed(comparison.rawValue), of: BERWriter.octets(attribute),
        BERWriter.element(BERTag.octetString, value))
    case .substrings(let attribute, let initial, let any, let final):
      BERWriter.element(
        BERTag.contextConstructed(4), of: BERWriter.octets(attribute),
        BERWriter.element(
          BERTag.sequence, of: Self.piece(0, initial), any.flatMap { Self.piece(1, $0) },
          Self.piece(2, final)))
    case .present(let attribute):
      BERWriter.element(BERTag.context(7), Array(attribute.utf8))
    case .extensible(let rule, let attribute, let value, let includesDN):
      BERWriter.element(
        BERTag.contextConstructed(9), of: Self.piece(1, rule.map { Array($0.utf8) }),
        Self.piece(2, attribute.map { Array($0.utf8) }), Self.piece(3, value),
        Self.piece(4, includesDN ? [0xFF] : nil))
    }
  }

  private static func piece(_ number: UInt8, _ content: [UInt8]?) -> [UInt8] {
    content.map { BERWriter.element(BERTag.context(number), $0) } ?? []
  }
}
