import PKI

extension FuzzTarget {
  /// PEM texts with whatever stands in them.
  ///
  /// Names can be shown as they stand; what was read is written as a text that is read alike.
  static let pem = FuzzTarget("pem") { bytes in
    if let container = try? PEMContainer(bytes: bytes) {
      for certificate in container.certificates { try check(certificate) }
      for request in container.requests { try check(request) }
      for key in container.privateKeys { try check(key) }
      let written =
        container.certificates.map(\.pem) + container.privateKeys.map(\.pem)
        + container.requests.map(\.pem)
      let again = try PEMContainer(text: written.joined())
      try require(
        again.certificates == container.certificates && again.requests == container.requests
          && again.privateKeys == container.privateKeys, "a PEM text is read as it is written")
      try check(chain: container)
    }
    _ = try? RevocationList.lists(in: bytes)
  }

  /// Single certificates, requests, keys and revocation lists in their binary form.
  static let certificates = FuzzTarget("certificates") { bytes in
    if let certificate = try? Certificate(der: bytes) {
      try check(certificate)
      _ = certificate.isSelfSigned
    }
    if let request = try? CertificateRequest(der: bytes) { try check(request) }
    if let key = try? PrivateKey(der: bytes) { try check(key) }
    if let list = try? RevocationList(der: bytes) {
      try require(list.count >= 0, "a list has a length")
      _ = try RevocationList(der: list.der)
    }
    // Names what it is, in a sentence.
    do { _ = try PEMContainer(bytes: bytes) } catch { try check(error) }
  }

  private static func check(_ certificate: Certificate) throws {
    try require(
      try Certificate(pem: certificate.pem) == certificate,
      "a certificate is read as it is written")
    let texts =
      [
        certificate.subject.description, certificate.issuer.oneLine(), certificate.commonName,
        certificate.keyDescription, certificate.signatureAlgorithm, certificate.serialNumber,
      ] + certificate.dnsNames + certificate.emailAddresses + certificate.ipAddresses
    for text in texts { try require(text.isHarmless, "a name moves no cursor", text) }
  }

  private static func check(_ request: CertificateRequest) throws {
    try require(
      try CertificateRequest(pem: request.pem) == request, "a request is read as it is written")
    for text in [request.subject.description] + request.dnsNames + request.emailAddresses {
      try require(text.isHarmless, "a name moves no cursor", text)
    }
  }

  /// A key that was read signs, and is written as a key that is read alike.
  private static func check(_ key: PrivateKey) throws {
    let again = try PrivateKey(pem: key.pem)
    try require(again.publicKeySHA256 == key.publicKeySHA256, "a key is read as it is written")
    try require("\(key)".hasSuffix("***"), "a key does not show itself")
  }

  private static func check(chain container: PEMContainer) throws {
    if let key = container.privateKeys.first {
      let (leaf, intermediates, roots) = container.split(for: key)
      try require(
        (leaf == nil ? 0 : 1) + intermediates.count + roots.count
          == container.certificates.count, "no certificate is lost")
    }
    guard let leaf = container.certificates.first else { return }
    let chain = CertificateChain(
      leaf: leaf, intermediates: Array(container.certificates.dropFirst()))
    _ = chain.faults
    try require(
      Set(chain.ordered.certificates) == Set(chain.certificates), "no certificate is lost")
  }

  static func check(_ error: any Error) throws {
    guard let error = error as? PKIError else {
      throw BrokenRule(description: "an error has a sentence: \(error)")
    }
    try require(error.message.isHarmless, "a sentence moves no cursor", error.message)
  }
}
