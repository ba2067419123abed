import COpenSSL
public import FoundationEssentials
import PKI

/// One connection's TLS over memory: received bytes go in, bytes to send come out; no socket.
///
/// It belongs to one connection and is used by one thread at a time. Each call clears OpenSSL's
/// error queue first, since the thread is shared with other connections.
/// Source: SSL_do_handshake(3), SSL_read(3), BIO_s_mem(3).
public final class TLSConnection {
  /// How far a handshake has come.
  public enum Handshake: Sendable {
    /// Bytes of the other side are missing.
    case incomplete
    /// Data may flow.
    case complete
    /// It is over; `takeOutput` may hold an alert that has to be sent all the same.
    case failed(TLSFailure)
  }

  /// What a read found.
  public enum Reading: Sendable {
    /// Data of the other side, never empty.
    case data([UInt8])
    /// Bytes of the other side are missing.
    case incomplete
    /// The other side said that it sends nothing more.
    case closed
    /// The connection is broken.
    case failed(TLSFailure)
  }

  let pointer: OpaquePointer
  /// What came from the other side and waits for OpenSSL; owned by `pointer`.
  private let input: OpaquePointer
  /// What OpenSSL wants sent; owned by `pointer`.
  private let output: OpaquePointer
  let context: TLSContext
  private let chainVerification: ChainVerification
  private let certificateRequest = CertificateRequestWatch()
  private var hadAnswered = false

  /// Makes the connection; a client's first bytes come out after the first `handshake`.
  ///
  /// - Parameters:
  ///   - context: the service's context; decides the role.
  ///   - serverName: what a client tells in SNI; nil for nothing.
  ///   - dane: what a client demands of the server in place of authorities, and whatever the
  ///     context says of verification; nil for nothing.
  ///   - verificationTime: the calendar's time for the dates of certificates; nil for now.
  /// - Throws: `TLSContextError` when no TLSA record is usable, or OpenSSL has no memory left.
  public init(
    context: TLSContext, serverName: String? = nil, dane: DANEParameters? = nil,
    verificationTime: Date? = nil
  ) throws {
    LibCrypto.clearErrors()
    guard let pointer = SSL_new(context.pointer) else { throw TLSContextError.library() }
    guard let input = BIO_new(BIO_s_mem()), let output = BIO_new(BIO_s_mem()) else {
      SSL_free(pointer)
      throw TLSContextError.library()
    }
    // An empty buffer means "later", not "never".
    COpenSSL_BIO_set_mem_eof_return(input, -1)
    COpenSSL_BIO_set_mem_eof_return(output, -1)
    SSL_set_bio(pointer, input, output)
    self.pointer = pointer
    self.input = input
    self.output = output
    self.context = context
    chainVerification = ChainVerification(
      isWanted: dane != nil || context.verification != .none,
      goesOn: dane == nil && context.verification == .reported)
    chainVerification.attach(to: pointer)
    if let verificationTime {
      X509_VERIFY_PARAM_set_time(
        SSL_get0_param(pointer), Int(verificationTime.timeIntervalSince1970))
    }
    switch context.role {
    case .server:
      SSL_set_accept_state(pointer)
    case .client:
      SSL_set_connect_state(pointer)
      certificateRequest.attach(to: pointer)
      if let serverName { _ = COpenSSL_SSL_set_tlsext_host_name(pointer, serverName) }
      if let dane { try demand(dane) }
    }
  }

  deinit { SSL_free(pointer) }

  /// Takes bytes from the other side.
  public func receive(_ bytes: UnsafeRawBufferPointer) {
    guard !bytes.isEmpty else { return }
    BIO_write(input, bytes.baseAddress, Int32(bytes.count))
  }

  /// Takes bytes from the other side.
  public func receive(_ bytes: [UInt8]) { bytes.withUnsafeBytes(receive) }

  /// How many bytes of the other side wait to be looked at.
  public var inputCount: Int { Int(COpenSSL_BIO_pending(input)) }

  /// Goes on with the handshake as far as the received bytes allow.
  public func handshake() -> Handshake {
    LibCrypto.clearErrors()
    let result = SSL_do_handshake(pointer)
    if result == 1 { return .complete }
    switch SSL_get_error(pointer, result) {
    case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE:
      if outputCount > 0 { hadAnswered = true }
      return .incomplete
    default:
      return .failed(failure())
    }
  }

  /// Decrypts what came.
  ///
  /// - Parameter limit: the most bytes to return.
  public func read(atMost limit: Int = 16_384) -> Reading {
    LibCrypto.clearErrors()
    var count = 0
    var result: Int32 = 0
    // Data is never longer than the records that hold it: most lines need a small buffer only.
    let waiting = inputCount + Int(SSL_pending(pointer))
    let size = max(1, min(limit, waiting))
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, initialized in
      result = SSL_read_ex(pointer, buffer.baseAddress, buffer.count, &count)
      initialized = result == 1 ? count : 0
    }
    if result == 1 { return .data(bytes) }
    switch SSL_get_error(pointer, result) {
    case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: return .incomplete
    case SSL_ERROR_ZERO_RETURN: return .closed
    default: return .failed(failure())
    }
  }

  /// Encrypts data into the output.
  ///
  /// - Throws: `TLSFailure` before the end of the handshake and on a broken connection.
  public func write(_ bytes: UnsafeRawBufferPointer) throws {
    guard !bytes.isEmpty else { return }
    LibCrypto.clearErrors()
    var count = 0
    // A memory buffer takes everything, so that a write is never partial.
    guard SSL_write_ex(pointer, bytes.baseAddress, bytes.count, &count) == 1 else {
      throw failure()
    }
  }

  /// Encrypts data into the output.
  ///
  /// - Throws: as above.
  public func write(_ bytes: [UInt8]) throws { try bytes.withUnsafeBytes(write) }

  /// Tells the other side that nothing more follows (close_notify).
  public func shutdown() {
    LibCrypto.clearErrors()
    SSL_shutdown(pointer)
    ERR_clear_error()
  }

  /// How many bytes wait to be sent.
  public var outputCount: Int { Int(COpenSSL_BIO_pending(output)) }

  /// Takes the bytes that wait to be sent.
  ///
  /// - Parameter body: gets them; they are gone afterwards.
  public func takeOutput<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows
    -> Result
  {
    var data: UnsafeMutablePointer<CChar>?
    let count = COpenSSL_BIO_get_mem_data(output, &data)
    defer { _ = COpenSSL_BIO_reset(output) }
    return try body(UnsafeRawBufferPointer(start: data, count: max(0, count)))
  }

  /// What is known of the other side's chain.
  public var verification: Verification { chainVerification.result }

  /// Whether the server has asked this client for a certificate.
  public var wasAskedForCertificate: Bool { certificateRequest.hasCome }

  /// What the connection's end means for TLS, when the other side just left.
  public func endOfFile() -> TLSFailure {
    TLSFailure(
      .endOfFile, role: context.role, hadAnswered: hadAnswered,
      wasAskedForCertificate: wasAskedForCertificate)
  }

  private func failure() -> TLSFailure {
    let errors = LibCrypto.takeErrors()
    // The oldest entry is the cause; libssl's own are what the other side's administrator knows.
    guard let error = errors.first(where: { $0.library == ERR_LIB_SSL }) ?? errors.first else {
      return endOfFile()
    }
    var fault: VerificationFailure?
    // A fault that was only reported is not what broke the handshake.
    if error.reason == SSL_R_CERTIFICATE_VERIFY_FAILED, case .failed(let failure) = verification {
      fault = failure
    }
    return TLSFailure(
      .library(error), role: context.role, hadAnswered: hadAnswered, verification: fault,
      wasAskedForCertificate: wasAskedForCertificate)
  }
}
