import COpenSSL

/// A kind of OpenSSL object: how its pointer looks and how it is freed.
package protocol LibraryObject {
  associatedtype Pointer
  static func free(_ pointer: Pointer)
}

/// The owner of one OpenSSL object, which it frees at its end.
///
/// All structures of OpenSSL arrive as `OpaquePointer`; the kind keeps them apart. Bind an owner to
/// a name before its pointer is used: a temporary may be freed before the call that uses it.
/// The room TLS uses these too, for what it hands to libssl; nobody else does.
package final class Owned<Kind: LibraryObject> {
  package let pointer: Kind.Pointer

  init(adopting pointer: Kind.Pointer) { self.pointer = pointer }

  /// Takes over what a function of OpenSSL made, or throws when it made nothing.
  convenience init(_ pointer: Kind.Pointer?) throws {
    guard let pointer else {
      LibCrypto.clearErrors()
      throw PKIError(.library, "The cryptographic library could not provide \(Kind.self).")
    }
    self.init(adopting: pointer)
  }

  deinit { Kind.free(pointer) }
}

package enum X509Object: LibraryObject {
  package static func free(_ pointer: OpaquePointer) { X509_free(pointer) }
}

enum X509NameObject: LibraryObject {
  static func free(_ pointer: OpaquePointer) { X509_NAME_free(pointer) }
}

enum X509RequestObject: LibraryObject {
  static func free(_ pointer: OpaquePointer) { X509_REQ_free(pointer) }
}

package enum RevocationListObject: LibraryObject {
  package static func free(_ pointer: OpaquePointer) { X509_CRL_free(pointer) }
}

enum X509StoreObject: LibraryObject {
  static func free(_ pointer: OpaquePointer) { X509_STORE_free(pointer) }
}

enum X509StoreContextObject: LibraryObject {
  static func free(_ pointer: OpaquePointer) { X509_STORE_CTX_free(pointer) }
}

/// `STACK_OF(X509)` together with its certificates.
enum X509StackObject: LibraryObject {
  static func free(_ pointer: OpaquePointer) {
    OPENSSL_sk_pop_free(pointer) { X509_free($0.map { OpaquePointer($0) }) }
  }
}

/// `STACK_OF(X509_EXTENSION)` together with its extensions.
enum ExtensionStackObject: LibraryObject {
  static func free(_ pointer: OpaquePointer) {
    OPENSSL_sk_pop_free(pointer) { X509_EXTENSION_free($0.map { OpaquePointer($0) }) }
  }
}

/// `EXTENDED_KEY_USAGE`: the objects in it are OpenSSL's own constants, only the stack is freed.
enum ObjectStackObject: LibraryObject {
  static func free(_ pointer: OpaquePointer) { OPENSSL_sk_free(pointer) }
}

enum GeneralNamesObject: LibraryObject {
  static func free(_ pointer: OpaquePointer) { GENERAL_NAMES_free(pointer) }
}

package enum KeyObject: LibraryObject {
  package static func free(_ pointer: OpaquePointer) { EVP_PKEY_free(pointer) }
}

/// `PKCS8_PRIV_KEY_INFO`, the clear form of a private key.
enum KeyInfoObject: LibraryObject {
  static func free(_ pointer: OpaquePointer) { PKCS8_PRIV_KEY_INFO_free(pointer) }
}

/// `X509_SIG`, the encrypted form of a private key.
enum EncryptedKeyObject: LibraryObject {
  static func free(_ pointer: OpaquePointer) { X509_SIG_free(pointer) }
}

enum DigestContextObject: LibraryObject {
  static func free(_ pointer: OpaquePointer) { EVP_MD_CTX_free(pointer) }
}

enum CipherContextObject: LibraryObject {
  static func free(_ pointer: OpaquePointer) { EVP_CIPHER_CTX_free(pointer) }
}

enum BigNumberObject: LibraryObject {
  static func free(_ pointer: OpaquePointer) { BN_free(pointer) }
}

/// `ASN1_INTEGER`, `ASN1_TIME` and all other strings of ASN.1.
enum ASN1StringObject: LibraryObject {
  static func free(_ pointer: UnsafeMutablePointer<ASN1_STRING>) { ASN1_STRING_free(pointer) }
}

enum BasicConstraintsObject: LibraryObject {
  static func free(_ pointer: UnsafeMutablePointer<BASIC_CONSTRAINTS>) {
    BASIC_CONSTRAINTS_free(pointer)
  }
}

enum PKCS7Object: LibraryObject {
  static func free(_ pointer: UnsafeMutablePointer<PKCS7>) { PKCS7_free(pointer) }
}

enum PKCS12Object: LibraryObject {
  static func free(_ pointer: OpaquePointer) { PKCS12_free(pointer) }
}

/// `STACK_OF(PKCS7)`: the parts of a PKCS#12 file.
enum PKCS7StackObject: LibraryObject {
  static func free(_ pointer: OpaquePointer) {
    OPENSSL_sk_pop_free(pointer) { PKCS7_free($0?.assumingMemoryBound(to: PKCS7.self)) }
  }
}

/// `STACK_OF(PKCS12_SAFEBAG)`: the bags of one part.
enum SafeBagStackObject: LibraryObject {
  static func free(_ pointer: OpaquePointer) {
    OPENSSL_sk_pop_free(pointer) { PKCS12_SAFEBAG_free($0.map { OpaquePointer($0) }) }
  }
}
