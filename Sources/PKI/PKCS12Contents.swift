/// What a PKCS#12 file holds, in stored order.
struct PKCS12Contents {
  var keys: [PrivateKey] = []
  var certificates: [Certificate] = []
  /// Whether anything had to be decrypted.
  var wasEncrypted = false
  /// The rounds of key derivation that its parts have asked for.
  var rounds = 0

  var isEmpty: Bool { keys.isEmpty && certificates.isEmpty }

  /// Finds the pair; the rest is the chain.
  ///
  /// - Throws: `PKIError` with `noKey`, `noCertificate` or `keyMismatch`.
  func sorted() throws -> (key: PrivateKey, certificate: Certificate, chain: [Certificate]) {
    if keys.isEmpty { throw PKIError(.noKey, "The PKCS#12 file holds no private key.") }
    if certificates.isEmpty {
      throw PKIError(.noCertificate, "The PKCS#12 file holds no certificate.")
    }
    for key in keys {
      guard let place = certificates.firstIndex(where: key.fits) else { continue }
      var chain = certificates
      let certificate = chain.remove(at: place)
      return (key, certificate, chain)
    }
    throw PKIError(
      .keyMismatch, "The private key in the PKCS#12 file fits none of its certificates.")
  }
}
