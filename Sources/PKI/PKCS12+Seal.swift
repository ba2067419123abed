import COpenSSL

extension PKCS12 {
  /// Makes a file that old and new tools read: 3DES for key and certificates, SHA-1 for the MAC.
  ///
  /// - Parameters:
  ///   - key: the key, which must fit the certificate.
  ///   - certificate: the leaf.
  ///   - chain: further certificates, stored in this order.
  ///   - name: the friendly name of the pair; an empty one is left out.
  ///   - passphrase: any text without a NUL; may be empty.
  /// - Returns: the file.
  /// - Throws: `PKIError.keyMismatch`.
  /// - Source: PKCS12_create(3).
  public static func seal(
    key: PrivateKey, certificate: Certificate, chain: [Certificate], name: String,
    passphrase: String
  ) throws -> [UInt8] {
    guard key.fits(certificate) else {
      throw PKIError(.keyMismatch, "The private key does not fit the certificate.")
    }
    guard !passphrase.utf8.contains(0), !name.utf8.contains(0) else {
      throw PKIError(.invalidName, "A pass phrase or name cannot hold a NUL character.")
    }
    let pair = try (key: key.key(), leaf: certificate.x509())
    let stack = try X509StackObject.stack(of: chain)
    let encryption = NID_pbe_WithSHA1And3_Key_TripleDES_CBC
    LibCrypto.clearErrors()
    // -1: no MAC yet, since only PKCS12_set_mac takes its digest.
    let file = try Owned<PKCS12Object>(
      PKCS12_create_ex(
        passphrase, name.isEmpty ? nil : name, pair.key.pointer, pair.leaf.pointer, stack.pointer,
        encryption, encryption, PKCS12_DEFAULT_ITER, -1, 0, nil, nil))
    let set = PKCS12_set_mac(
      file.pointer, passphrase, -1, nil, 0, PKCS12_DEFAULT_ITER, EVP_sha1())
    guard set == 1 else {
      LibCrypto.clearErrors()
      throw PKIError(.library, "The PKCS#12 file could not be authenticated.")
    }
    return try DER.encode { i2d_PKCS12(file.pointer, $0) }
  }
}

extension X509StackObject {
  /// `STACK_OF(X509)` of certificates, for a call of OpenSSL.
  static func stack(of certificates: [Certificate]) throws -> Owned<X509StackObject> {
    let stack = try Owned<X509StackObject>(OPENSSL_sk_new_null())
    for certificate in certificates {
      let x509 = try certificate.x509()
      guard OPENSSL_sk_push(stack.pointer, UnsafeRawPointer(x509.pointer)) > 0 else {
        throw PKIError(.library, "A list of certificates could not be made.")
      }
      X509_up_ref(x509.pointer)
    }
    return stack
  }
}
