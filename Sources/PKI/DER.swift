import COpenSSL

/// The way between OpenSSL's objects and their DER bytes.
enum DER {
  /// Decodes an object that fills all the bytes; nil when they hold something else, or more.
  ///
  /// - Parameter decode: one of the `d2i_…` functions, called with the moving pointer and a length.
  static func decode<Kind: LibraryObject>(
    _ bytes: [UInt8], as kind: Kind.Type,
    _ decode: (UnsafeMutablePointer<UnsafePointer<UInt8>?>, Int) -> Kind.Pointer?
  ) -> Owned<Kind>? {
    LibCrypto.clearErrors()
    defer { ERR_clear_error() }
    return bytes.withUnsafeBufferPointer { buffer in
      var position = buffer.baseAddress
      guard let end = position?.advanced(by: buffer.count),
        let pointer = decode(&position, buffer.count)
      else { return nil }
      let owned = Owned<Kind>(adopting: pointer)
      return position == end ? owned : nil
    }
  }

  /// Encodes an object.
  ///
  /// - Parameter encode: one of the `i2d_…` functions, called with nil for the length, then with
  ///   the moving pointer to write to.
  static func encode(
    _ encode: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> Int32
  ) throws -> [UInt8] {
    LibCrypto.clearErrors()
    let length = encode(nil)
    guard length > 0 else { throw failure() }
    return try [UInt8](unsafeUninitializedCapacity: Int(length)) { buffer, count in
      var position = buffer.baseAddress
      guard encode(&position) == length else { throw failure() }
      count = Int(length)
    }
  }

  private static func failure() -> PKIError {
    LibCrypto.clearErrors()
    return PKIError(.library, "The cryptographic library could not encode an object.")
  }
}
