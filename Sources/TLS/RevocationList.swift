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
  /// - Parameter der: the encoding, with nothing after it.
  /// - Throws: `TLSContextError` when it is damaged.
  public init(der: [UInt8]) throws {
    _ = try CRLHandle(der: der)
    self.der = der
  }

  private init(_ handle: CRLHandle) { der = handle.der }

  /// Reads the lists of a file: one in its encoding, or a PEM text with any number of them.
  ///
  /// - Throws: `TLSContextError` when there is none.
  public static func lists(in bytes: [UInt8]) throws -> [RevocationList] {
    if let list = try? RevocationList(der: bytes) { return [list] }
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

  private static let damaged = TLSContextError("The revocation list is damaged.")
}
