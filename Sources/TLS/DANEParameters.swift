import COpenSSL
import PKI

/// What DANE demands of a server, to be checked in the handshake in place of authorities.
///
/// Source: RFC 7671, RFC 7672 §3.
public struct DANEParameters: Hashable, Sendable {
  /// One TLSA record (RFC 6698 §2.1).
  public struct Record: Hashable, Sendable {
    /// 2 for a trust anchor, 3 for the server's own certificate.
    public var usage: UInt8
    /// 0 for the whole certificate, 1 for its public key.
    public var selector: UInt8
    /// 0 for the bytes as they stand, 1 for SHA-256, 2 for SHA-512.
    public var matching: UInt8
    /// The bytes or the digest.
    public var data: [UInt8]

    /// Makes a record.
    public init(usage: UInt8, selector: UInt8, matching: UInt8, data: [UInt8]) {
      self.usage = usage
      self.selector = selector
      self.matching = matching
      self.data = data
    }
  }

  /// The name under which the records stand, without port and protocol; told in SNI, and the first
  /// name that a certificate below a trust anchor may bear.
  public var baseDomain: String
  /// Other names that such a certificate may bear.
  public var hostNames: [String]
  /// The records; those that are not usable count for nothing.
  public var records: [Record]

  /// Makes parameters.
  public init(baseDomain: String, hostNames: [String] = [], records: [Record]) {
    self.baseDomain = baseDomain
    self.hostNames = hostNames
    self.records = records
  }
}

extension DANEParameters.Record: CustomStringConvertible {
  /// As in a master file, such as `3 1 1 0b9fa5a5`.
  public var description: String {
    let digits = data.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }
    return "\(usage) \(selector) \(matching) \(digits.joined())"
  }

  /// Whether SMTP can act on the record: usages 0 and 1 are none of its own, and selector, matching
  /// type and data must be known and whole (RFC 7672 §3.1.3).
  public var isUsable: Bool {
    guard usage == 2 || usage == 3, selector <= 1 else { return false }
    return switch matching {
    case 0: selector == 0 ? (try? Certificate(der: data)) != nil : isPublicKey
    case 1: data.count == 32
    case 2: data.count == 64
    default: false
    }
  }

  private var isPublicKey: Bool {
    LibCrypto.clearErrors()
    defer { ERR_clear_error() }
    return data.withUnsafeBufferPointer { buffer in
      var next = buffer.baseAddress
      let key = d2i_PUBKEY(nil, &next, buffer.count)
      defer { EVP_PKEY_free(key) }
      return key != nil && next == buffer.baseAddress?.advanced(by: buffer.count)
    }
  }
}

/// The TLSA record that vouched for a server.
public struct DANEMatch: Hashable, Sendable {
  /// The record.
  public let record: DANEParameters.Record
  /// How far above the leaf the certificate stands that fits it.
  public let depth: Int

  /// Makes a match.
  public init(record: DANEParameters.Record, depth: Int) {
    self.record = record
    self.depth = depth
  }
}

extension TLSConnection {
  /// The record that vouched for the server; nil without DANE or before its success.
  ///
  /// Source: SSL_get0_dane_tlsa(3).
  public var daneMatch: DANEMatch? {
    var usage: UInt8 = 0
    var selector: UInt8 = 0
    var matching: UInt8 = 0
    var data: UnsafePointer<UInt8>?
    var count = 0
    let depth = SSL_get0_dane_tlsa(pointer, &usage, &selector, &matching, &data, &count)
    guard depth >= 0 else { return nil }
    return DANEMatch(
      record: DANEParameters.Record(
        usage: usage, selector: selector, matching: matching,
        data: Array(UnsafeBufferPointer(start: data, count: count))),
      depth: Int(depth))
  }

  /// Makes the handshake depend on the records.
  ///
  /// - Throws: `TLSContextError` when none of them is usable: OpenSSL would fall back to
  ///   authorities then.
  func demand(_ dane: DANEParameters) throws {
    guard SSL_dane_enable(pointer, dane.baseDomain) > 0 else { throw TLSContextError.library() }
    // A record vouches for a certificate: one has to come.
    if let ciphers = context.ciphers,
      SSL_set_cipher_list(pointer, TLSContext.withoutAnonymous(ciphers)) != 1
    {
      throw TLSContextError.library()
    }
    // The server's own certificate counts whatever names it bears (RFC 7672 §3.1.1).
    SSL_dane_set_flags(pointer, UInt(DANE_FLAG_NO_DANE_EE_NAMECHECKS))
    SSL_set_hostflags(pointer, UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS))
    for name in dane.hostNames where SSL_add1_host(pointer, name) != 1 {
      throw TLSContextError.library()
    }
    let taken = dane.records.filter { record in
      record.isUsable
        && SSL_dane_tlsa_add(
          pointer, record.usage, record.selector, record.matching, record.data, record.data.count)
          > 0
    }
    LibCrypto.clearErrors()
    guard !taken.isEmpty else {
      throw TLSContextError("No TLSA record of \(dane.baseDomain) can be used.")
    }
    SSL_set_verify(pointer, SSL_VERIFY_PEER, nil)
  }
}
