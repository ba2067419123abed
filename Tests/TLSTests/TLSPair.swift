import FoundationEssentials
import PKI
import TLS

/// A client and a server that talk over memory.
struct TLSPair {
  enum Side { case client, server }

  let client: TLSConnection
  let server: TLSConnection
  /// How each side's handshake ended.
  private(set) var clientState = TLSConnection.Handshake.incomplete
  private(set) var serverState = TLSConnection.Handshake.incomplete

  init(
    client: TLSContext, server: TLSContext, serverName: String? = nil,
    dane: DANEParameters? = nil, at time: Date? = nil
  ) throws {
    self.client = try TLSConnection(
      context: client, serverName: serverName, dane: dane, verificationTime: time)
    self.server = try TLSConnection(context: server, verificationTime: time)
  }

  /// Plays the handshake to its end on both sides.
  mutating func shakeHands() {
    for _ in 0..<10 {
      if case .incomplete = clientState { clientState = client.handshake() }
      move(from: client, to: server)
      if case .incomplete = serverState { serverState = server.handshake() }
      move(from: server, to: client)
    }
  }

  /// Carries what one side wants sent to the other.
  func move(from: TLSConnection, to: TLSConnection) {
    from.takeOutput { bytes in to.receive(bytes) }
  }

  var failure: TLSFailure? { TLSPair.failure(serverState) ?? TLSPair.failure(clientState) }

  static func failure(_ state: TLSConnection.Handshake) -> TLSFailure? {
    if case .failed(let failure) = state { failure } else { nil }
  }

  var isComplete: Bool {
    if case .complete = clientState, case .complete = serverState { true } else { false }
  }
}

/// Self-signed identities, made once.
enum Identities {
  static let start = Date(timeIntervalSince1970: 1_780_000_000)

  static let server = Task { try await make("server.example") }
  static let client = Task { try await make("client.example") }
  static let other = Task { try await make("other.example") }

  private static func make(_ name: String) async throws -> TLSIdentity {
    try await make(name, .rsa(bits: 2048))
  }

  static func make(_ name: String, _ algorithm: KeyAlgorithm) async throws -> TLSIdentity {
    let key = try await PrivateKey.generate(algorithm)
    let certificate = try Certificate.selfSigned(
      subject: DistinguishedName(commonName: name), key: key, dnsNames: [name],
      notBefore: start, days: 30, serialNumber: [1])
    return TLSIdentity(certificate: certificate, intermediates: [], key: key)
  }
}

extension TLSContext {
  static func server(
    _ minimum: ProtocolVersion = .tls10, _ maximum: ProtocolVersion = .tls13,
    ciphers: String? = nil, verification: PeerVerification = .none, anchors: TrustAnchors? = nil,
    identity: TLSIdentity? = nil
  ) async throws -> TLSContext {
    let standard = try await Identities.server.value
    return try TLSContext(
      role: .server,
      .init(
        identity: identity ?? standard, minimum: minimum, maximum: maximum, ciphers: ciphers,
        verification: verification, anchors: anchors))
  }

  static func client(
    _ minimum: ProtocolVersion = .tls10, _ maximum: ProtocolVersion = .tls13,
    ciphers: String? = nil, verification: PeerVerification = .none, anchors: TrustAnchors? = nil,
    identity: TLSIdentity? = nil
  ) throws -> TLSContext {
    try TLSContext(
      role: .client,
      .init(
        identity: identity, minimum: minimum, maximum: maximum, ciphers: ciphers,
        verification: verification, anchors: anchors))
  }
}
