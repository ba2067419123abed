extension SearchFilter {
  /// Reads a filter in its text form, such as `(|(mail={a})(proxyAddresses=smtp:{a}))`.
  ///
  /// - Throws: `InvalidFilter`.
  public init(_ text: String) throws(InvalidFilter) {
    guard text.utf8.count <= 4096 else { throw InvalidFilter("it is longer than 4096 bytes") }
    var parser = SearchFilterParser(rest: Array(text.utf8)[...])
    self = try parser.filter(depth: 0)
    guard parser.rest.isEmpty else { throw InvalidFilter("something stands behind its end") }
  }
}

/// Why a text is no filter.
public struct InvalidFilter: Error, Hashable, CustomStringConvertible {
  /// The reason as a clause.
  public let description: String

  init(_ clause: String) { description = clause }
}

/// Reads a filter from its first byte on; RFC 4515 section 3.
private struct SearchFilterParser {
  private static let maximumDepth = 30

  var rest: ArraySlice<UInt8>

  mutating func filter(depth: Int) throws(InvalidFilter) -> SearchFilter {
    guard depth < Self.maximumDepth else { throw InvalidFilter("its brackets are too deep") }
    try skip("(", "an opening bracket is missing")
    let filter: SearchFilter
    switch rest.first {
    case UInt8(ascii: "&"): filter = .and(try list(depth))
    case UInt8(ascii: "|"): filter = .or(try list(depth))
    case UInt8(ascii: "!"):
      rest.removeFirst()
      filter = .not(try self.filter(depth: depth + 1))
    default: filter = try item()
    }
    try skip(")", "a closing bracket is missing")
    return filter
  }

  private mutating func list(_ depth: Int) throws(InvalidFilter) -> [SearchFilter] {
    rest.removeFirst()
    var filters: [SearchFilter] = []
    while rest.first == UInt8(ascii: "(") { filters.append(try filter(depth: depth + 1)) }
    guard !filters.isEmpty else { throw InvalidFilter("a list of conditions is empty") }
    return filters
  }

  private mutating func item() throws(InvalidFilter) -> SearchFilter {
    let head = take { !"=<>~()".utf8.contains($0) }
    let sign = take { "<>~".utf8.contains($0) }
    try skip("=", "an equals sign is missing")
    let text = take { !"()".utf8.contains($0) }
    if head.last == UInt8(ascii: ":"), sign.isEmpty { return try extensible(head.dropLast(), text) }
    let attribute = try Self.attribute(head)
    switch sign {
    case [UInt8(ascii: "<")]:
      return .comparison(.lessOrEqual, attribute: attribute, value: try Self.value(text))
    case [UInt8(ascii: ">")]:
      return .comparison(.greaterOrEqual, attribute: attribute, value: try Self.value(text))
    case [UInt8(ascii: "~")]:
      return .comparison(.approximate, attribute: attribute, value: try Self.value(text))
    case []: return try match(attribute, text)
    default: throw InvalidFilter("a comparison is unknown")
    }
  }

  /// What stands behind a plain equals sign; each asterisk is an open place.
  private func match(_ attribute: String, _ text: ArraySlice<UInt8>) throws(InvalidFilter)
    -> SearchFilter
  {
    if text == [UInt8(ascii: "*")] { return .present(attribute: attribute) }
    var pieces: [[UInt8]] = []
    for piece in text.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false) {
      pieces.append(try Self.value(piece))
    }
    guard pieces.count > 1, let first = pieces.first, let last = pieces.last else {
      return .comparison(.equal, attribute: attribute, value: pieces.first ?? [])
    }
    let middle = pieces.dropFirst().dropLast()
    guard middle.allSatisfy({ !$0.isEmpty }) else {
      throw InvalidFilter("two asterisks stand side by side")
    }
    return .substrings(
      attribute: attribute, initial: first.isEmpty ? nil : first, any: Array(middle),
      final: last.isEmpty ? nil : last)
  }

  /// `attribute:dn:rule`, each part but one optional.
  private func extensible(_ head: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>)
    throws(InvalidFilter) -> SearchFilter
  {
    var parts = head.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)[...]
    let name = parts.popFirst() ?? []
    let attribute = name.isEmpty ? nil : try Self.attribute(name)
    let includesDN = parts.first.map { String(decoding: $0, as: UTF8.self).lowercased() } == "dn"
    if includesDN { parts.removeFirst() }
    let rule = try parts.popFirst().map { part throws(InvalidFilter) in try Self.attribute(part) }
    guard parts.isEmpty, attribute != nil || rule != nil else {
      throw InvalidFilter("a matching rule is unreadable")
    }
    return .extensible(
      rule: rule, attribute: attribute, value: try Self.value(text), includesDN: includesDN)
  }

  /// An attribute's name or number, perhaps with options (RFC 4512 section 2.5).
  private static func attribute(_ bytes: ArraySlice<UInt8>) throws(InvalidFilter) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    let isName = text.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || "-;.".contains($0))
    }
    guard !text.isEmpty, isName else { throw InvalidFilter("an attribute's name is impossible") }
    return text
  }

  /// A value, in which `\2a` stands for an asterisk.
  private static func value(_ bytes: ArraySlice<UInt8>) throws(InvalidFilter) -> [UInt8] {
    var value: [UInt8] = []
    var rest = bytes
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\") else {
        value.append(byte)
        continue
      }
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      guard digits.count == 2, digits.allSatisfy(\.isHexDigit), let code = UInt8(digits, radix: 16)
      else { throw InvalidFilter("behind a backslash two hexadecimal digits are missing") }
      value.append(code)
      rest = rest.dropFirst(2)
    }
    return value
  }

  private mutating func take(while isTaken: (UInt8) -> Bool) -> ArraySlice<UInt8> {
    let taken = rest.prefix(while: isTaken)
    rest = rest.dropFirst(taken.count)
    return taken
  }

  private mutating func skip(_ character: Character, _ otherwise: String) throws(InvalidFilter) {
    guard rest.first == character.asciiValue else { throw InvalidFilter(otherwise) }
    rest.removeFirst()
  }
}
