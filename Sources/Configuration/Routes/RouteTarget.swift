public import Addresses

/// What a route's host means (`smtproutes`).
public enum RouteTarget: Hashable, Sendable {
  /// An IPv4 address, with or without brackets.
  case address(IPv4Address)
  /// A name whose mail exchangers are asked for first, then its addresses.
  case exchangers(of: String)
  /// A name in brackets: its addresses alone.
  case host(String)
  /// The word USEDNS: as if there were no route.
  case ordinaryDNS

  /// The name that is asked for; nil for an address and for USEDNS.
  public var name: String? {
    switch self {
    case .exchangers(of: let name), .host(let name): name
    case .address, .ordinaryDNS: nil
    }
  }

  /// Reads a host as it is written, in small letters; nil for anything else.
  public init?(_ text: String) {
    if text.uppercased() == "USEDNS" {
      self = .ordinaryDNS
      return
    }
    let isBracketed = text.hasPrefix("[") && text.hasSuffix("]") && text.utf8.count > 2
    let inner = isBracketed ? String(text.dropFirst().dropLast()) : text
    if let address = IPv4Address(inner) {
      self = .address(address)
    } else if let name = try? HostName(inner) {
      self = isBracketed ? .host(name.text) : .exchangers(of: name.text)
    } else {
      return nil
    }
  }
}
