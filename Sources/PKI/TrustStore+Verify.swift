import COpenSSL
public import FoundationEssentials

/// What a verified certificate is to be used for.
public enum VerificationPurpose: Hashable, Sendable {
  /// The peer is a TLS server.
  case server
  /// The peer is a TLS client.
  case client
}

/// What came out of a verification.
public struct VerificationResult: Hashable, Sendable {
  /// All reasons against it, those nearest the leaf first; empty when it is verified.
  public let failures: [VerificationFailure]
  /// The chain that was built, leaf first, as far as it reaches.
  public let chain: [Certificate]

  /// Whether the certificate is trusted.
  public var isVerified: Bool { failures.isEmpty }

  /// Makes a result from its reasons and the chain that was built.
  public init(failures: [VerificationFailure], chain: [Certificate]) {
    self.failures = failures
    self.chain = chain
  }
}

extension TrustStore {
  /// Verifies a certificate as OpenSSL does, at security level 0.
  ///
  /// - Parameters:
  ///   - leaf: the certificate of the peer.
  ///   - intermediates: what the peer sent with it, in any order.
  ///   - date: the moment for which it shall be valid.
  ///   - purpose: what it is to be used for.
  ///   - hostName: the name or address that it must bear; nil to look at none.
  /// - Returns: all reasons against it, not only the first.
  /// - Throws: `PKIError.library` when the library is out of memory.
  /// - Source: X509_verify_cert(3), X509_check_host(3).
  public func verify(
    leaf: Certificate, intermediates: [Certificate], at date: Date,
    purpose: VerificationPurpose = .server, hostName: String? = nil
  ) throws -> VerificationResult {
    let store = try x509Store()
    let x509 = try leaf.x509()
    let untrusted = try X509StackObject.stack(of: intermediates)
    let context = try Owned<X509StoreContextObject>(X509_STORE_CTX_new())
    LibCrypto.clearErrors()
    defer { LibCrypto.clearErrors() }
    guard
      X509_STORE_CTX_init(context.pointer, store.pointer, x509.pointer, untrusted.pointer) == 1,
      let parameters = X509_STORE_CTX_get0_param(context.pointer)
    else { throw PKIError(.library, "A verification could not be set up.") }
    X509_VERIFY_PARAM_set_time(parameters, time_t(date.timeIntervalSince1970.rounded(.down)))
    X509_VERIFY_PARAM_set_auth_level(parameters, 0)
    X509_VERIFY_PARAM_set_purpose(
      parameters, purpose == .server ? X509_PURPOSE_SSL_SERVER : X509_PURPOSE_SSL_CLIENT)
    try Self.expect(hostName, parameters)

    let collector = FailureCollector()
    return try withExtendedLifetime(collector) {
      X509_STORE_CTX_set_ex_data(
        context.pointer, 0, Unmanaged.passUnretained(collector).toOpaque())
      X509_STORE_CTX_set_verify_cb(context.pointer, collectFailure)
      let isDone = X509_verify_cert(context.pointer) == 1
      if !isDone, collector.failures.isEmpty { collector.add(context.pointer) }
      return VerificationResult(
        failures: collector.nearestLeafFirst, chain: try Self.chain(context.pointer))
    }
  }

  private static func expect(_ hostName: String?, _ parameters: OpaquePointer) throws {
    guard let hostName else { return }
    if X509_VERIFY_PARAM_set1_ip_asc(parameters, hostName) == 1 { return }
    let name = Array(hostName.utf8).map(CChar.init(bitPattern:))
    guard !name.isEmpty, X509_VERIFY_PARAM_set1_host(parameters, name, name.count) == 1 else {
      throw PKIError(.invalidName, "\"\(hostName.printable)\" is not a host name.")
    }
  }

  private static func chain(_ context: OpaquePointer) throws -> [Certificate] {
    let stack = X509_STORE_CTX_get0_chain(context)
    return try (0..<max(0, OPENSSL_sk_num(stack))).compactMap { index in
      try OPENSSL_sk_value(stack, index).map { try Certificate(x509: OpaquePointer($0)) }
    }
  }
}

/// Gathers what the callback is told.
private final class FailureCollector {
  private(set) var failures: [VerificationFailure] = []

  func add(_ context: OpaquePointer?) {
    let x509 = X509_STORE_CTX_get_current_cert(context)
    let subject = x509.map { DistinguishedName(x509Name: X509_get_subject_name($0)).description }
    let failure = VerificationFailure(
      code: X509_STORE_CTX_get_error(context), depth: Int(X509_STORE_CTX_get_error_depth(context)),
      subject: subject ?? "")
    if !failures.contains(failure) { failures.append(failure) }
  }

  /// Sorted by depth; within a depth as the library reported them.
  var nearestLeafFirst: [VerificationFailure] {
    failures.enumerated()
      .sorted { ($0.element.depth, $0.offset) < ($1.element.depth, $1.offset) }
      .map(\.element)
  }
}

/// Notes a failure and lets the verification go on.
private func collectFailure(_ isGood: Int32, _ context: OpaquePointer?) -> Int32 {
  if isGood == 0, let data = X509_STORE_CTX_get_ex_data(context, 0) {
    Unmanaged<FailureCollector>.fromOpaque(data).takeUnretainedValue().add(context)
  }
  return 1
}
