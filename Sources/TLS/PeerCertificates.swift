import COpenSSL
public import PKI

/// Certificates of the other side, as OpenSSL holds them: reading one takes longer than many a
/// handshake's own work, so it is put off until somebody asks.
public final class PeerCertificates: @unchecked Sendable {
  // X509 counts its references atomically and is not changed after it is read.
  private let pointers: [OpaquePointer]

  /// Keeps certificates that somebody else owns.
  init(_ pointers: [OpaquePointer]) {
    for pointer in pointers { X509_up_ref(pointer) }
    self.pointers = pointers
  }

  /// Keeps those of a `STACK_OF(X509)` after `first`; nil has none.
  convenience init(_ stack: OpaquePointer?, after first: OpaquePointer? = nil) {
    let rest = (0..<max(0, OPENSSL_sk_num(stack))).compactMap { index in
      OPENSSL_sk_value(stack, index).map { OpaquePointer($0) }
    }
    self.init((first.map { [$0] } ?? []) + rest)
  }

  deinit { for pointer in pointers { X509_free(pointer) } }

  /// Whether there is none.
  public var isEmpty: Bool { pointers.isEmpty }

  /// The certificates, the other side's own first, read anew at each call.
  ///
  /// One that cannot be read is left out; where that is the other side's own, so are all, lest a
  /// stranger's be taken for it.
  public var all: [Certificate] {
    LibCrypto.clearErrors()
    guard let own = pointers.first.flatMap({ Certificate($0) }) else { return [] }
    return [own] + pointers.dropFirst().compactMap { Certificate($0) }
  }
}

extension Certificate {
  /// Reads a certificate that OpenSSL keeps; nil when it cannot be read.
  init?(_ x509: OpaquePointer) {
    var encoded: UnsafeMutablePointer<UInt8>?
    let count = i2d_X509(x509, &encoded)
    guard count > 0, let encoded else { return nil }
    defer { CRYPTO_free(encoded, #file, #line) }
    try? self.init(der: Array(UnsafeBufferPointer(start: encoded, count: Int(count))))
  }
}
