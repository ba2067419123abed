import COpenSSL
import PKI

/// A list of certificates that an authority has taken back.
///
/// Source: RFC 5280 section 5.
public struct RevocationList: Hashable, Sendable {
  /// The encoding.
  public let der: [UInt8]

  /// Decodes a list.
  ///
  /// - Parameter bytes: the encoding, or a PEM text, whose first list is taken.
  /// - Throws: `TLSContextError` when the bytes hold no list.
  public init(_ bytes: [UInt8]) throws {
    guard let handle = CRLHandle(der: bytes) ?? CRLHandle(pem: bytes) else {
      throw TLSContextError("The revocation list is damaged and cannot be read.")
    }
    der = handle.der
  }
}

/// A list as OpenSSL holds it, for as long as this value lives.
final class CRLHandle {
  let pointer: OpaquePointer

  init?(der: [UInt8]) {
    LibCrypto.clearErrors()
    defer { ERR_clear_error() }
    let decoded = der.withUnsafeBufferPointer { buffer -> OpaquePointer? in
      var next = buffer.baseAddress
      return d2i_X509_CRL(nil, &next, buffer.count)
    }
    guard let decoded else { return nil }
    pointer = decoded
  }

  init?(pem: [UInt8]) {
    LibCrypto.clearErrors()
    defer { ERR_clear_error() }
    guard let input = BIO_new_mem_buf(pem, Int32(pem.count)) else { return nil }
    defer { BIO_free(input) }
    guard let decoded = PEM_read_bio_X509_CRL(input, nil, nil, nil) else { return nil }
    pointer = decoded
  }

  deinit { X509_CRL_free(pointer) }

  var der: [UInt8] {
    var encoded: UnsafeMutablePointer<UInt8>?
    let count = i2d_X509_CRL(pointer, &encoded)
    guard count > 0, let encoded else { return [] }
    defer { CRYPTO_free(encoded, #file, #line) }
    return Array(UnsafeBufferPointer(start: encoded, count: Int(count)))
  }
}
