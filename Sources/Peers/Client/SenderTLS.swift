import Foundation
public import PKI
public import TLS
import Transport

/// What a sender demands of TLS, and shows of itself.
public struct SenderTLS: Sendable {
  /// What it demands.
  public enum Demand: String, CaseIterable, Sendable {
    /// Clear text.
    case none
    /// TLS where it is offered, else clear text.
    case opportunistic
    /// TLS, with any certificate.
    case required
    /// TLS, with a certificate that leads to a trusted authority and bears the server's name.
    case verify
  }

  /// What it demands.
  public var demand: Demand
  /// The oldest and the newest version.
  public var versions: ClosedRange<ProtocolVersion>
  /// An OpenSSL cipher list for versions up to 1.2; nil for the library's own.
  public var ciphers: String?
  /// What it shows when the server asks for a certificate.
  public var identity: TLSIdentity?
  /// The authorities that it trusts.
  public var authorities: [Certificate]
  /// The name that the server's certificate must bear; also told in SNI.
  public var serverName: String?

  /// Makes demands; by default TLS is used where it is offered.
  public init(
    demand: Demand = .opportunistic, versions: ClosedRange<ProtocolVersion> = .tls10 ... .tls13,
    ciphers: String? = nil, identity: TLSIdentity? = nil, authorities: [Certificate] = [],
    serverName: String? = nil
  ) {
    self.demand = demand
    self.versions = versions
    self.ciphers = ciphers
    self.identity = identity
    self.authorities = authorities
    self.serverName = serverName
  }

  /// Whether mail may go in clear.
  var allowsClear: Bool { demand == .none || demand == .opportunistic }

  /// Builds what a handshake needs, away from event loops; nil when there will be none.
  ///
  /// - Throws: `TLSContextError` for settings that OpenSSL refuses, `PeerError` for a verification
  ///   without anything to verify by.
  @concurrent
  func start(at now: Date) async throws -> TLSHandler.Start? {
    guard demand != .none else { return nil }
    if demand == .verify, authorities.isEmpty || serverName == nil {
      throw PeerError("A sender that verifies needs authorities and the server's name.")
    }
    let context = try TLSContext(
      role: .client,
      TLSContext.Settings(
        identity: identity, minimum: versions.lowerBound, maximum: versions.upperBound,
        ciphers: ciphers, verification: demand == .verify ? .required : .none,
        anchors: demand == .verify ? try TrustAnchors(authorities) : nil))
    return TLSHandler.Start(context: context, serverName: serverName, time: now)
  }

  /// Why a server's certificate, whose chain is good, does not do; nil when it does.
  func objection(to chain: [Certificate], at now: Date) -> String? {
    guard demand == .verify, let serverName else { return nil }
    guard let leaf = chain.first else { return "the server showed no certificate" }
    do {
      let result = try TrustStore(authorities: authorities).verify(
        leaf: leaf, intermediates: Array(chain.dropFirst()), at: now, hostName: serverName)
      return result.failures.first?.reason
    } catch {
      return "\(error)"
    }
  }
}
