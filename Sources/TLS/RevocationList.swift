import COpenSSL
public import FoundationEssentials
import Glibc
import PKI

/// A list of certificates that an authority has taken back.
///
/// Source: RFC 5280 section 5.
public struct RevocationList: Hashable, Sendable {
  /// The encoding.
  public let der: [UInt8]
  /// How many certificates it takes back.
  public let count: Int
  /// When a newer one will be there at the latest; nil where it does not say.
  public let nextUpdate: Date?

  /// Decodes a list.
  ///
  /// - Parameter der: the encoding, with nothing after it.
  /// - Throws: `TLSContextError` when it is damaged.
  public init(der: [UInt8]) throws { self.init(try CRLHandle(der: der)) }

  private init(_ handle: CRLHandle) {
    der = handle.der
    count = handle.count
    nextUpdate = handle.nextUpdate
  }

  /// Reads the lists of a file: one in its encoding, or a PEM text with any number of them.
  ///
  /// - Throws: `TLSContextError` when there is none.
  public static func lists(in bytes: [UInt8]) throws -> [RevocationList] {
    if let list = try? RevocationList(der: bytes) { return [list] }
    return try lists(inPEM: bytes)
  }

  /// Reads the lists of a PEM text.
  ///
  /// - Throws: `TLSContextError` when there is none.
  public static func lists(inPEM bytes: [UInt8]) throws -> [RevocationList] {
    let lists = CRLHandle.all(inPEM: bytes).map { RevocationList($0) }
    guard !lists.isEmpty else {
      throw TLSContextError("There is no revocation list, or it is damaged.")
    }
    return lists
  }
}

/// A list as OpenSSL holds it, for as long as this value lives.
final class CRLHandle {
  let pointer: OpaquePointer

  private init(adopting pointer: OpaquePointer) { self.pointer = pointer }

  init(der: [UInt8]) throws {
    LibCrypto.clearErrors()
    defer { ERR_clear_error() }
    let (decoded, isWhole) = der.withUnsafeBufferPointer { buffer in
      var next = buffer.baseAddress
      let decoded = d2i_X509_CRL(nil, &next, buffer.count)
      return (decoded, next == buffer.baseAddress?.advanced(by: buffer.count))
    }
    guard let decoded else { throw Self.damaged }
    pointer = decoded
    guard isWhole else { throw Self.damaged }
  }

  deinit { X509_CRL_free(pointer) }

  /// All lists of a text, in its order; it ends at the first that is damaged.
  static func all(inPEM bytes: [UInt8]) -> [CRLHandle] {
    LibCrypto.clearErrors()
    defer { ERR_clear_error() }
    guard let input = BIO_new_mem_buf(bytes, Int32(bytes.count)) else { return [] }
    defer { BIO_free(input) }
    var lists: [CRLHandle] = []
    while let list = PEM_read_bio_X509_CRL(input, nil, nil, nil) {
      lists.append(CRLHandle(adopting: list))
    }
    return lists
  }

  var der: [UInt8] {
    var encoded: UnsafeMutablePointer<UInt8>?
    let count = i2d_X509_CRL(pointer, &encoded)
    guard count > 0, let encoded else { return [] }
    defer { CRYPTO_free(encoded, #file, #line) }
    return Array(UnsafeBufferPointer(start: encoded, count: Int(count)))
  }

  var count: Int { Int(max(0, OPENSSL_sk_num(X509_CRL_get_REVOKED(pointer)))) }

  var nextUpdate: Date? {
    var parts = tm()
    guard let time = X509_CRL_get0_nextUpdate(pointer), ASN1_TIME_to_tm(time, &parts) == 1 else {
      return nil
    }
    return Date(timeIntervalSince1970: Double(timegm(&parts)))
  }

  private static let damaged = TLSContextError("The revocation list is damaged.")
}
