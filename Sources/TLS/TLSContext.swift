import COpenSSL
public import PKI

/// What all connections of one service have in common: versions, ciphers, identity, trust.
///
/// Security level 0 and automatic Diffie-Hellman parameters: how weak a service may be is for its
/// versions and cipher list to say. There is no renegotiation, no compression and no resumption,
/// so every connection shows the certificate. Building one takes milliseconds: not on an event
/// loop. Source: SSL_CTX_new(3) and the pages that it names.
public final class TLSContext: @unchecked Sendable {
  /// Which side of TLS.
  public enum Role: Sendable {
    case server, client
  }

  /// What a context is made of.
  public struct Settings: Sendable {
    /// What this side shows; a server needs one.
    public var identity: TLSIdentity?
    /// The oldest version.
    public var minimum: ProtocolVersion
    /// The newest version.
    public var maximum: ProtocolVersion
    /// An OpenSSL cipher list for versions up to 1.2; nil for the library's own.
    public var ciphers: String?
    /// What becomes of the other side's certificate.
    public var verification: PeerVerification
    /// The authorities that count when it is verified.
    public var anchors: TrustAnchors?

    /// Makes settings.
    public init(
      identity: TLSIdentity? = nil, minimum: ProtocolVersion, maximum: ProtocolVersion,
      ciphers: String? = nil, verification: PeerVerification = .none, anchors: TrustAnchors? = nil
    ) {
      self.identity = identity
      self.minimum = minimum
      self.maximum = maximum
      self.ciphers = ciphers
      self.verification = verification
      self.anchors = anchors
    }
  }

  /// Which side connections of this context play.
  public let role: Role
  /// The certificate that they show; nil for a client without one.
  public let certificate: Certificate?
  /// What becomes of the other side's certificate.
  public let verification: PeerVerification

  /// The cipher list as it was set; nil for the library's own, which has no anonymous cipher.
  let ciphers: String?
  // SSL_CTX counts its references atomically and is not changed after it is made.
  let pointer: OpaquePointer

  /// Builds a context.
  ///
  /// - Throws: `TLSContextError` with a sentence that names the setting at fault; `PKIError` when
  ///   the key is damaged.
  public init(role: Role, _ settings: Settings) throws {
    LibSSL.initialize()
    LibCrypto.clearErrors()
    defer { ERR_clear_error() }
    guard let pointer = SSL_CTX_new(role == .server ? TLS_server_method() : TLS_client_method())
    else { throw TLSContextError.library() }
    self.role = role
    self.pointer = pointer
    certificate = settings.identity?.certificate
    verification = settings.verification
    ciphers =
      settings.verification == .required
      ? settings.ciphers.map(TLSContext.withoutAnonymous) : settings.ciphers
    setDefaults()
    try setVersionsAndCiphers(settings)
    if let identity = settings.identity {
      try setIdentity(identity)
    } else if role == .server {
      throw TLSContextError("A TLS service needs a certificate.")
    }
    try setVerification(settings)
  }

  deinit { SSL_CTX_free(pointer) }

  private func setDefaults() {
    SSL_CTX_set_security_level(pointer, 0)
    _ = COpenSSL_SSL_CTX_set_dh_auto(pointer, 1)
    _ = COpenSSL_SSL_CTX_set_session_cache_mode(pointer, Int(SSL_SESS_CACHE_OFF))
    SSL_CTX_set_num_tickets(pointer, 0)
    SSL_CTX_set_options(
      pointer,
      COpenSSL_SSL_OP_NO_COMPRESSION | COpenSSL_SSL_OP_NO_RENEGOTIATION | COpenSSL_SSL_OP_NO_TICKET
        | COpenSSL_SSL_OP_CIPHER_SERVER_PREFERENCE | COpenSSL_SSL_OP_LEGACY_SERVER_CONNECT)
    // The chain goes out as stored: without the second mode OpenSSL would complete it from the
    // trust list and hide a missing intermediate.
    _ = COpenSSL_SSL_CTX_set_mode(
      pointer,
      Int(SSL_MODE_RELEASE_BUFFERS) | Int(SSL_MODE_NO_AUTO_CHAIN)
        | Int(SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER))
  }

  private func setVersionsAndCiphers(_ settings: Settings) throws {
    guard settings.minimum <= settings.maximum else {
      throw TLSContextError("The oldest TLS version is newer than the newest one.")
    }
    guard COpenSSL_SSL_CTX_set_min_proto_version(pointer, settings.minimum.wire) == 1,
      COpenSSL_SSL_CTX_set_max_proto_version(pointer, settings.maximum.wire) == 1
    else { throw TLSContextError.library() }
    if let ciphers, SSL_CTX_set_cipher_list(pointer, ciphers) != 1 {
      throw TLSContextError("OpenSSL finds no cipher in the list \"\(ciphers)\".")
    }
  }

  /// A cipher list without those that bring no certificate: with them OpenSSL completes handshakes
  /// in which there was nothing to verify.
  static func withoutAnonymous(_ ciphers: String) -> String { "\(ciphers):!aNULL" }

  private func setIdentity(_ identity: TLSIdentity) throws {
    let leaf = try identity.certificate.x509()
    let key = try identity.key.key()
    guard SSL_CTX_use_certificate(pointer, leaf.pointer) == 1 else {
      throw TLSContextError.library()
    }
    guard SSL_CTX_use_PrivateKey(pointer, key.pointer) == 1, SSL_CTX_check_private_key(pointer) == 1
    else {
      throw TLSContextError(
        "The private key does not fit the certificate \(identity.certificate.subject).")
    }
    for intermediate in identity.intermediates {
      let certificate = try intermediate.x509()
      guard COpenSSL_SSL_CTX_add1_chain_cert(pointer, certificate.pointer) == 1 else {
        throw TLSContextError.library()
      }
    }
  }

  private func setVerification(_ settings: Settings) throws {
    let mode =
      switch settings.verification {
      case .none: SSL_VERIFY_NONE
      case .ifPresented, .reported: SSL_VERIFY_PEER
      case .required: SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT
      }
    SSL_CTX_set_verify(pointer, mode, nil)
    ChainVerification.install(in: pointer)
    if let anchors = settings.anchors { SSL_CTX_set1_cert_store(pointer, anchors.store) }
    guard role == .server || SSL_CTX_dane_enable(pointer) > 0 else {
      throw TLSContextError.library()
    }
  }
}

/// Why a context cannot be built, as a sentence.
public struct TLSContextError: Error, Hashable, CustomStringConvertible {
  /// The sentence.
  public let description: String

  init(_ description: String) { self.description = description }

  /// What OpenSSL says at this moment.
  static func library() -> TLSContextError {
    let reason = LibCrypto.takeErrors().first?.reasonText ?? "no reason given"
    return TLSContextError("OpenSSL refuses the TLS settings: \(reason).")
  }
}
