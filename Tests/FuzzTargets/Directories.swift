import LDAP

extension FuzzTarget {
  /// A directory server's answers; the first byte chooses what was asked.
  ///
  /// However the bytes come, the client hears the same.
  static let ldap = FuzzTarget("ldap") { bytes in
    var input = FuzzInput(bytes)
    let request = input.choice(of: [
      LDAPRequest.search(LDAPSearch(base: "", filter: .present(attribute: "objectClass"))),
      .bind(name: "cn=a", password: Array("cisco".utf8)), .startTLS,
    ])
    let whole = hear(request, [input.rest])
    let crumbs = hear(request, input.crumbs)
    // Clear text behind the answer to StartTLS is a fault where it comes with it.
    if request != .startTLS {
      try require(whole == crumbs, "however bytes come, the answer is the same")
    }
    if case .answer(let answer) = whole {
      try require("\(answer.result)".isHarmless, "an answer moves no cursor", "\(answer.result)")
    }
  }

  /// Search filters as they are typed.
  ///
  /// What takes a token's place is never read as a part of the filter, and a filter goes over the
  /// wire as nested elements that end where they must.
  static let ldapFilter = FuzzTarget("ldap-filter") { bytes in
    guard let filter = try? SearchFilter(bytes.text) else { return }
    let hostile = filter.replacing(["{a}": "*)(uid=*", "{d}": ""])
    try require(shape(hostile) == shape(filter), "a token's value is no part of the filter")
    for filter in [filter, hostile] {
      let message = LDAPRequest.search(LDAPSearch(base: "dc=a", filter: filter)).message(id: 1)
      try require(isWhole(message[...]), "a request is whole")
    }
  }

  private enum Outcome: Equatable {
    case waits
    case answer(LDAPClientSession.Answer)
    case fault(LDAPFault)
  }

  private static func hear(_ request: LDAPRequest, _ pieces: [ArraySlice<UInt8>]) -> Outcome {
    var session = LDAPClientSession()
    _ = session.begin(request)
    for piece in pieces {
      session.receive(piece)
      do {
        if let answer = try session.next() { return .answer(answer) }
      } catch {
        return .fault(error)
      }
    }
    return .waits
  }

  /// A filter without its values.
  private static func shape(_ filter: SearchFilter) -> String {
    switch filter {
    case .and(let filters): "&(\(filters.map(shape).joined()))"
    case .or(let filters): "|(\(filters.map(shape).joined()))"
    case .not(let filter): "!(\(shape(filter)))"
    case .comparison(let comparison, let attribute, _): "\(comparison) \(attribute)"
    case .substrings(let attribute, let initial, let any, let final):
      "\(attribute) \(initial == nil) \(any.count) \(final == nil)"
    case .present(let attribute): "present \(attribute)"
    case .extensible(let rule, let attribute, _, let includesDN):
      "\(rule ?? "-") \(attribute ?? "-") \(includesDN)"
    }
  }

  /// Whether bytes are elements of BER, one after the other, those that are constructed likewise.
  private static func isWhole(_ bytes: ArraySlice<UInt8>) -> Bool {
    var rest = bytes
    while let tag = rest.popFirst() {
      guard let first = rest.popFirst() else { return false }
      var length = Int(first)
      if first >= 0x80 {
        let digits = rest.prefix(Int(first & 0x7F))
        length = digits.reduce(0) { $0 << 8 | Int($1) }
        rest = rest.dropFirst(digits.count)
      }
      guard rest.count >= length else { return false }
      if tag & 0x20 != 0, !isWhole(rest.prefix(length)) { return false }
      rest = rest.dropFirst(length)
    }
    return true
  }
}
