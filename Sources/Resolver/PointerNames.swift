public import Addresses

/// The name of an address, as its pointer records tell it.
struct PointerNames {
  /// At most so many names are looked at: whoever owns the address chooses them.
  static let limit = 10

  /// The names that the address claims.
  let claimed: [DomainName]

  /// - Parameter pointers: the answer about the address's reverse name.
  init(_ pointers: DNSAnswer) {
    guard pointers.security != .bogus else {
      claimed = []
      return
    }
    let names = pointers.records.compactMap { record in
      if case .ptr(let name) = record.data { name } else { nil }
    }
    claimed = Array(names.prefix(PointerNames.limit))
  }
}

extension NameService {
  /// The name of an address.
  ///
  /// - Returns: a name that has the address among its own (`isConfirmed`), else the first name
  ///   that the address claims, else nil; a question without an answer counts as "no".
  public func hostName(of address: IPv4Address) async
    -> (name: DomainName, isConfirmed: Bool)?
  {
    guard let pointers = try? await answer(DomainName(reverse: address), .ptr) else { return nil }
    let claimed = PointerNames(pointers).claimed
    for name in claimed {
      guard let forward = try? await answer(name, .a), forward.security != .bogus else { continue }
      if forward.addresses.contains(address) { return (name, true) }
    }
    return claimed.first.map { ($0, false) }
  }
}

extension Zone {
  /// The name of an address, by the same rule and at once.
  public func hostName(of address: IPv4Address) -> (name: DomainName, isConfirmed: Bool)? {
    let claimed = PointerNames(lookUp(DomainName(reverse: address), .ptr)).claimed
    let confirmed = claimed.first { name in
      let forward = lookUp(name, .a)
      return forward.security != .bogus && forward.addresses.contains(address)
    }
    return confirmed.map { ($0, true) } ?? claimed.first.map { ($0, false) }
  }
}
