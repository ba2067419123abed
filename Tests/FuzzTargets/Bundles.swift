import PKI

extension FuzzTarget {
  /// PKCS#12 files under the passphrase `cisco`.
  ///
  /// What opens is a pair that belongs together; what does not is refused in a sentence.
  static let pkcs12 = FuzzTarget("pkcs12") { bytes in
    do {
      let (key, certificate, chain) = try PKCS12.open(bytes, passphrase: "cisco")
      try require(key.fits(certificate), "key and certificate belong together")
      let sealed = try PKCS12.seal(
        key: key, certificate: certificate, chain: chain, name: "a", passphrase: "other")
      let again = try PKCS12.open(sealed, passphrase: "other")
      try require(
        again.certificate == certificate && again.chain == chain,
        "a bundle is read as it is written")
    } catch let error as BrokenRule {
      throw error
    } catch {
      try check(error)
    }
  }
}
