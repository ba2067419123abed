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
  ///     here counts as good, one whose list is out of date does not. All of a chain are looked
  ///     for, an authority that signed itself in its own list.
  ///   - isStrict: whether malformed certificates are refused (X509_V_FLAG_X509_STRICT).
  /// - Throws: `TLSContextError` when OpenSSL refuses a certificate or a list.
  public init(
    _ authorities: [Certificate], revocationLists: [RevocationList] = [],
    isStrict: Bool = false
  ) throws {
    LibCrypto.clearErrors()
    guard let store = X509_STORE_new() else { throw TLSContextError.library() }
    self.store = store
    if isStrict { X509_STORE_set_flags(store, UInt(X509_V_FLAG_X509_STRICT)) }
    for authority in authorities {
      let certificate = try X509Handle(authority)
      guard X509_STORE_add_cert(store, certificate.pointer) == 1 else {
        throw TLSContextError.library()
      }
    }
    guard !revocationLists.isEmpty else { return }
    for list in revocationLists {
      let handle = try CRLHandle(list)
      guard X509_STORE_add_crl(store, handle.pointer) == 1 else { throw TLSContextError.library() }
    }
    X509_STORE_set_flags(store, UInt(X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL))
  }

  deinit { X509_STORE_free(store) }
}

/// A certificate as OpenSSL holds it, for as long as this value lives.
final class X509Handle {
  let pointer: OpaquePointer

  init(_ certificate: Certificate) throws {
    let pointer = certificate.der.withUnsafeBufferPointer { buffer in
      var next = buffer.baseAddress
      return d2i_X509(nil, &next, buffer.count)
    }
    guard let pointer else { throw TLSContextError.library() }
    self.pointer = pointer
  }

  deinit { X509_free(pointer) }
}

/// A revocation list as OpenSSL holds it, for as long as this value lives.
private final class CRLHandle {
  let pointer: OpaquePointer

  init(_ list: RevocationList) throws {
    let pointer = list.der.withUnsafeBufferPointer { buffer in
      var next = buffer.baseAddress
      return d2i_X509_CRL(nil, &next, buffer.count)
    }
    guard let pointer else { throw TLSContextError.library() }
    self.pointer = pointer
  }

  deinit { X509_CRL_free(pointer) }
}
