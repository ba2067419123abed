import COpenSSL
public import PKI

/// Authorities that the other side's chain may end in; shared by any number of contexts.
public final class TrustAnchors: @unchecked Sendable {
  // X509_STORE has a lock of its own and is not changed after it is made.
  let store: OpaquePointer

  /// Makes the list.
  ///
  /// - Parameters:
  ///   - authorities: trusted certificates; the order does not matter.
  ///   - revocationLists: what authorities took back; a certificate whose authority has no list
  ///     here counts as good, one whose list is out of date or does not apply to it does not. All
  ///     of a chain are looked for, an authority that signed itself in its own list.
  ///   - isStrict: whether malformed certificates are refused (X509_V_FLAG_X509_STRICT).
  /// - Throws: `TLSContextError` or `PKIError` when OpenSSL refuses a certificate or a list.
  public init(
    _ authorities: [Certificate], revocationLists: [RevocationList] = [],
    isStrict: Bool = false
  ) throws {
    LibCrypto.clearErrors()
    guard let store = X509_STORE_new() else { throw TLSContextError.library() }
    self.store = store
    if isStrict { X509_STORE_set_flags(store, UInt(X509_V_FLAG_X509_STRICT)) }
    for authority in authorities {
      let certificate = try authority.x509()
      guard X509_STORE_add_cert(store, certificate.pointer) == 1 else {
        throw TLSContextError.library()
      }
    }
    guard !revocationLists.isEmpty else { return }
    for list in revocationLists {
      let list = try list.x509CRL()
      guard X509_STORE_add_crl(store, list.pointer) == 1 else { throw TLSContextError.library() }
    }
    X509_STORE_set_flags(store, UInt(X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL))
  }

  deinit { X509_STORE_free(store) }
}
