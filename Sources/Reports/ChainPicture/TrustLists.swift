public import PKI

/// The lists of authorities by which the world judges a certificate, each under its name.
public struct TrustLists: Sendable {
  /// The lists in the order in which they are named.
  public var lists: [(name: String, authorities: [Certificate])]

  /// Makes them.
  public init(_ lists: [(name: String, authorities: [Certificate])]) { self.lists = lists }

  /// All authorities.
  public var authorities: [Certificate] { lists.flatMap(\.authorities) }

  /// The names of the lists that hold an authority.
  func names(with authority: Certificate) -> [String] {
    lists.filter { $0.authorities.contains(authority) }.map(\.name)
  }
}
