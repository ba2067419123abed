import COpenSSL

/// Where algorithms are looked up: the default context, or one that has the legacy ones too.
struct LibraryContext: @unchecked Sendable {
  /// Nil for the default context.
  ///
  /// Contexts are shared by threads. Source: OSSL_LIB_CTX(3).
  let pointer: OpaquePointer?
  let hasLegacy: Bool

  /// What every process has: no RC2, no RC4, no single DES.
  static let standard = LibraryContext(pointer: nil, hasLegacy: false)

  /// A context of its own with the legacy provider, made at the first call.
  ///
  /// - Throws: `PKIError.unsupported` on a system without that provider.
  static func legacy() throws -> LibraryContext {
    guard let context = made else {
      throw PKIError(
        .unsupported, "The file uses an old encryption that this system's OpenSSL lacks.")
    }
    return context
  }

  private static let made: LibraryContext? = {
    LibCrypto.clearErrors()
    defer { ERR_clear_error() }
    guard let context = OSSL_LIB_CTX_new() else { return nil }
    guard OSSL_PROVIDER_load(context, "legacy") != nil,
      OSSL_PROVIDER_load(context, "default") != nil
    else {
      OSSL_LIB_CTX_free(context)
      return nil
    }
    return LibraryContext(pointer: context, hasLegacy: true)
  }()
}
