import COpenSSL
import PKI

/// How the chain of one connection's other side is verified: to its end, and of all reasons against
/// it the one nearest the leaf is kept.
///
/// OpenSSL stops at the first reason that it comes upon, which may be the missing root of a chain
/// whose leaf has expired as well. Source: SSL_CTX_set_cert_verify_callback(3).
final class ChainVerification {
  private(set) var result = TLSConnection.Verification.notDone
  /// Whether the chain is looked at.
  private let isWanted: Bool
  /// Whether the handshake goes on after a failure.
  private let goesOn: Bool

  init(isWanted: Bool, goesOn: Bool) {
    self.isWanted = isWanted
    self.goesOn = goesOn
  }

  /// Makes all connections of a context verify in this way.
  static func install(in context: OpaquePointer) {
    SSL_CTX_set_cert_verify_callback(
      context,
      { store, _ in
        guard let store, let verification = ChainVerification.of(store) else { return 0 }
        return verification.verify(store)
      }, nil)
  }

  /// Ties it to a connection, which must not outlive it.
  func attach(to connection: OpaquePointer) {
    SSL_set_ex_data(connection, 0, Unmanaged.passUnretained(self).toOpaque())
  }

  private static func of(_ store: OpaquePointer) -> ChainVerification? {
    X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx())
      .flatMap { SSL_get_ex_data(OpaquePointer($0), 0) }
      .map { Unmanaged<ChainVerification>.fromOpaque($0).takeUnretainedValue() }
  }

  private func verify(_ store: OpaquePointer) -> Int32 {
    guard isWanted else { return 1 }
    X509_STORE_CTX_set_verify_cb(store) { isGood, store in
      if isGood == 0, let store { ChainVerification.of(store)?.note(store) }
      return 1
    }
    result = .verified
    if X509_verify_cert(store) != 1, result == .verified {
      // OpenSSL could not look at all.
      result = .failed(VerificationFailure(code: X509_V_ERR_UNSPECIFIED, depth: 0, subject: ""))
    }
    guard case .failed(let failure) = result else {
      X509_STORE_CTX_set_error(store, X509_V_OK)
      return 1
    }
    // Decides the alert that the other side gets.
    X509_STORE_CTX_set_error(store, failure.code)
    X509_STORE_CTX_set_error_depth(store, Int32(failure.depth))
    return goesOn ? 1 : 0
  }

  private func note(_ store: OpaquePointer) {
    let code = X509_STORE_CTX_get_error(store)
    let current = X509_STORE_CTX_get_current_cert(store)
    // Lists are there for some authorities only; the others are taken without.
    if code == X509_V_ERR_UNABLE_TO_GET_CRL, let current, !Self.hasList(store, about: current) {
      return
    }
    let depth = Int(X509_STORE_CTX_get_error_depth(store))
    if case .failed(let nearest) = result, nearest.depth <= depth { return }
    let certificate = current.flatMap { Certificate($0) }
    result = .failed(
      VerificationFailure(
        code: code == X509_V_OK ? X509_V_ERR_UNSPECIFIED : code, depth: depth,
        subject: certificate?.subject.description ?? ""))
  }

  /// Whether there is a list of a certificate's issuer, be it one that does not apply.
  private static func hasList(_ context: OpaquePointer, about certificate: OpaquePointer) -> Bool {
    guard let store = X509_STORE_CTX_get0_store(context) else { return true }
    // The search may sort what it searches.
    X509_STORE_lock(store)
    defer { X509_STORE_unlock(store) }
    return X509_OBJECT_retrieve_by_subject(
      X509_STORE_get0_objects(store), X509_LU_CRL, X509_get_issuer_name(certificate)) != nil
  }
}
