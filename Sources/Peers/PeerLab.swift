public import Addresses
import Files
public import Foundation
public import NIOCore
import NIOPosix
public import PKI
public import Resolver
public import Transport

/// The lab around an appliance, as peers need it: the folder `network` with the authority in `ca`,
/// what peers received in `mailbox`, and the TLSA records of peers in `tlsa`.
public struct PeerLab: Sendable {
  /// The folder's path.
  public let folder: String
  /// Where addresses really are.
  public let map: AddressMap
  /// The present, for the dates of certificates and messages.
  public let calendar: @Sendable () -> Date
  private let group: any EventLoopGroup

  /// Describes a lab; nothing is read or made.
  ///
  /// - Parameters:
  ///   - folder: an appliance's `network` folder.
  ///   - map: where addresses really are.
  ///   - group: the loops on which connections live; nil for those that the process shares.
  ///   - calendar: the present, for the dates of certificates and messages.
  public init(
    folder: String, map: AddressMap, group: (any EventLoopGroup)? = nil,
    calendar: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.folder = folder
    self.map = map
    self.group = group ?? MultiThreadedEventLoopGroup.singleton
    self.calendar = calendar
  }

  /// Opens the connections of senders.
  public var dialer: Dialer { Dialer(group: group, map: map) }

  /// The certificate authority.
  public var authority: AuthorityFolder { AuthorityFolder("\(folder)/ca") }

  /// The folder of all mailboxes.
  public var mailboxes: String { "\(folder)/mailbox" }

  /// Where a peer's messages are kept.
  public func mailbox(of host: String) -> Mailbox { Mailbox("\(mailboxes)/\(host)") }

  /// Where the TLSA record of a peer is written.
  public func recordFile(of host: String) -> String { "\(folder)/tlsa/\(host)" }

  /// Starts a remote mail server and returns when it listens.
  ///
  /// Its TLSA record is written as a line for the zone; the authority's lists are written anew, with
  /// the certificate of a revoked one.
  ///
  /// - Parameters:
  ///   - host: its name, in its banner and on its certificate.
  ///   - behaviour: how it behaves.
  ///   - address: its address in the appliance's world.
  ///   - port: its port there.
  ///   - algorithm: the kind of its key.
  /// - Throws: `PeerError` or `PKIError` when it cannot listen, `FileError` when files cannot be used.
  public func start(
    _ host: String, _ behaviour: Behaviour, at address: IPv4Address, port: Int = 25,
    algorithm: KeyAlgorithm = .p256
  ) async throws -> Peer {
    let authority = try await authority.open(at: calendar())
    let key = try await self.authority.key(of: host, algorithm: algorithm)
    let peer = try await Peer.start(
      name: host, behaviour: behaviour, at: map.endpoint(of: address, port: port),
      credentials: Peer.Credentials(authority: authority, key: key), mailbox: mailbox(of: host),
      map: map, group: group, calendar: calendar)
    try writeRecord(of: host, port: port, key: key)
    if behaviour.presentation == .revoked, let certificate = peer.certificate {
      try await self.authority.revoke(certificate, by: authority, at: calendar())
    } else {
      try await self.authority.renewLists(of: authority, at: calendar())
    }
    return peer
  }

  /// Starts the store behind the appliance: it takes all mail, in clear, and keeps it in the
  /// folder `mailbox` itself.
  ///
  /// - Parameters:
  ///   - host: its name.
  ///   - address: its address in the appliance's world.
  ///   - port: its port there.
  /// - Throws: `PeerError` when it cannot listen.
  public func startInsideStore(_ host: String, at address: IPv4Address, port: Int = 25)
    async throws -> Peer
  {
    try await Peer.start(
      name: host, behaviour: .insideStore, at: map.endpoint(of: address, port: port),
      credentials: nil, mailbox: Mailbox(mailboxes), map: map, group: group,
      calendar: calendar)
  }

  private func writeRecord(of host: String, port: Int, key: PrivateKey) throws {
    try PrivateFile.makeFolder("\(folder)/tlsa")
    let line = "_\(port)._tcp.\(host). IN TLSA 3 1 1 \(key.publicKeySHA256) ; dnssec=secure\n"
    try PrivateFile.write(line, to: recordFile(of: host))
  }
}

extension Behaviour {
  /// The lab's inside store.
  static let insideStore = Behaviour("inside-store", "Takes all mail in clear.") {
    $0.startTLS = .missing
  }
}
