package import Addresses
package import Resolver

/// What is known of a host that connects, for the host access table.
package struct SenderFacts: Sendable {
  /// Its address in the appliance's world.
  let address: IPv4Address
  /// The name that its address claims, if any.
  let hostName: DomainName?
  /// Whether that name has the address among its own.
  let isNameConfirmed: Bool
  /// Its reputation; nil when it has none.
  let score: ReputationScore?

  /// Gathers what is known.
  ///
  /// - Parameter host: what name servers say of the address.
  package init(
    _ address: IPv4Address, host: (name: DomainName, isConfirmed: Bool)?,
    reputation: ReputationTable
  ) {
    self.address = address
    hostName = host?.name
    isNameConfirmed = host?.isConfirmed ?? false
    score = reputation.score(of: address)
  }

  /// The name that counts: one that anybody could claim does not.
  var confirmedName: DomainName? { isNameConfirmed ? hostName : nil }
}
