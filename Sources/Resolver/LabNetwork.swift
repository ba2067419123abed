public import Addresses

/// The appliance's world on the loopback network: a.b.c.d is reached at 127.S.c.d, S the slot.
///
/// Ports below 1024 become 10000 + p, for every user, so that a session looks the same everywhere.
/// Loopback addresses stand for themselves.
public struct LabNetwork: Sendable {
  /// An address that the configuration, the zone or the reputation table names.
  public struct KnownAddress: Hashable, Sendable {
    /// The address.
    public let address: IPv4Address
    /// Where it is named, for a sentence: `interface "Data 1"`.
    public let source: String

    /// Makes an entry.
    public init(_ address: IPv4Address, source: String) {
      self.address = address
      self.source = source
    }
  }

  /// The second byte of all addresses, 1 to 254.
  public let slot: UInt8
  /// A sentence for each pair of named addresses that would be one on the loopback network; the
  /// one named first is kept.
  public let collisions: [String]

  /// Named addresses by the two bytes that are left of them.
  private let known: [UInt16: KnownAddress]
  /// Named networks, the narrowest first.
  private let networks: [IPv4Network]

  /// Makes the map.
  ///
  /// - Parameters:
  ///   - slot: 1 to 254.
  ///   - known: addresses that are named somewhere, the weightiest first.
  ///   - networks: networks that are named; those wider than /16 lose too much to be told apart.
  public init(slot: UInt8, known: [KnownAddress] = [], networks: [IPv4Network] = []) {
    var table: [UInt16: KnownAddress] = [:]
    var collisions: [String] = []
    for entry in known where !entry.address.isLoopback {
      let rest = UInt16(truncatingIfNeeded: entry.address.bits)
      guard let first = table[rest] else {
        table[rest] = entry
        continue
      }
      guard first.address != entry.address else { continue }
      collisions.append(
        "\(entry.address) (\(entry.source)) and \(first.address) (\(first.source)) fall together"
          + " in the lab network; change one of them.")
    }
    self.slot = slot
    self.known = table
    self.collisions = collisions
    self.networks = networks.filter { $0.prefixLength >= 16 && !$0.base.isLoopback }
      .sorted { $0.prefixLength > $1.prefixLength }
  }

  /// The address and port to bind or dial for an address of the appliance's world.
  public func endpoint(of address: IPv4Address, port: Int) -> Endpoint {
    Endpoint(address: loopback(of: address), port: port < 1024 ? 10000 + port : port)
  }

  /// The loopback address of an address.
  public func loopback(of address: IPv4Address) -> IPv4Address {
    address.isLoopback ? address : IPv4Address(bits: prefix | address.bits & 0xFFFF)
  }

  /// The address that a loopback address stands for: a named one, else one of a named network,
  /// else 10.0.c.d; an address outside the slot stands for itself.
  public func address(ofPeer real: IPv4Address) -> IPv4Address {
    guard real.bits & 0xFFFF_0000 == prefix else { return real }
    let rest = real.bits & 0xFFFF
    if let entry = known[UInt16(rest)] { return entry.address }
    for network in networks {
      let candidate = IPv4Address(bits: network.base.bits & 0xFFFF_0000 | rest)
      if network.contains(candidate) { return candidate }
    }
    return IPv4Address(bits: 0x0A00_0000 | rest)
  }

  /// An address that nothing names, 10.0.c.d, for a client that comes as a stranger.
  public var stranger: IPv4Address {
    let candidates = (UInt32(0)...255).lazy.flatMap { third in
      (UInt32(9)...254).lazy.map { IPv4Address(bits: 0x0A00_0000 | third << 8 | $0) }
    }
    return candidates.first {
      known[UInt16(truncatingIfNeeded: $0.bits)] == nil
        && address(ofPeer: loopback(of: $0)) == $0
    } ?? IPv4Address(bits: 0x0A00_0009)
  }

  private var prefix: UInt32 { 0x7F00_0000 | UInt32(slot) << 16 }
}
