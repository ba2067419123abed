import Dialogue
import PKI

// What PASTE and EDIT read from the screen: certificates, keys, intermediates (G3).
extension CertConfig {
  func pasteCertificates() async throws -> PEMContainer {
    try await container("Paste public certificate in PEM format (end with '.'):")
  }

  func pasteKey() async throws -> PrivateKey {
    let text = try await c.paste(
      "Paste private key in PEM format (end with '.'):", Paste(isSecret: true))
    do {
      return try PrivateKey(pem: text)
    } catch {
      throw OperationFailed("Invalid private key ... discarding.\n\(error)")
    }
  }

  /// The certificate that fits a key.
  func leaf(of container: PEMContainer, for key: PrivateKey) throws -> Certificate {
    guard let leaf = container.split(for: key).leaf else {
      throw OperationFailed("The key does not sign certificate.")
    }
    return leaf
  }

  /// Offers what came along with a leaf as intermediates, and names what is not taken.
  func offerRest(
    of container: PEMContainer, for key: PrivateKey
  ) async throws -> [Certificate] {
    let parts = container.split(for: key)
    if !container.privateKeys.isEmpty || container.others.contains(where: \.isEncrypted) {
      await c.say("\nThe text also holds a private key, which is not taken.")
    }
    for root in parts.roots {
      await c.say("\nThe text also holds the root \"\(root.subject)\", which is not taken.")
    }
    guard !parts.intermediates.isEmpty else { return [] }
    await c.say("\nThe text also holds:")
    await list(parts.intermediates)
    let question =
      parts.intermediates.count == 1
      ? "Do you want to add it as an intermediate certificate?"
      : "Do you want to add them as intermediate certificates?"
    return try await c.confirm(question, default: true) ? parts.intermediates : []
  }

  func addIntermediates(
    to intermediates: inout [Certificate], of leaf: Certificate
  ) async throws {
    while try await c.confirm("Do you want to add an intermediate certificate?", default: false) {
      let pasted: PEMContainer
      do {
        pasted = try await container(
          "Paste intermediate certificate in PEM format (end with '.'):")
      } catch let failure as OperationFailed {
        // What came before it is good, and stays.
        await context.fail(failure)
        continue
      }
      intermediates += pasted.certificates.filter { $0 != leaf }
      for fault in faults(of: leaf, intermediates) {
        await c.say("Note: \(fault)")
      }
    }
  }

  func removeIntermediates(
    from intermediates: inout [Certificate], of leaf: Certificate
  ) async throws {
    let chain = CertificateChain(leaf: leaf, intermediates: intermediates)
    if chain.withoutDuplicates != chain,
      try await c.confirm("Do you want to remove the duplicate certificates?", default: false)
    {
      intermediates = chain.withoutDuplicates.intermediates
    }
    while !intermediates.isEmpty,
      try await c.confirm("Do you want to remove an intermediate certificate?", default: false)
    {
      let names = distinctNames(of: intermediates)
      let index = try await c.pick(
        nil, from: intermediates.indices.map { Choice(names[$0], $0) })
      if let index { intermediates.remove(at: index) }
    }
  }

  func list(_ certificates: [Certificate]) async {
    for (number, name) in distinctNames(of: certificates).enumerated() {
      await c.say("\(number + 1). \(name)")
    }
  }

  /// Their subjects; with the end where another has the same, as of one that was renewed.
  private func distinctNames(of certificates: [Certificate]) -> [String] {
    certificates.map { certificate in
      let name = certificate.subject.oneLine()
      let hasNamesake = certificates.contains {
        $0 != certificate && $0.subject == certificate.subject
      }
      return hasNamesake ? "\(name) (until \(DateText.full(certificate.notAfter)))" : name
    }
  }

  private func container(_ question: String) async throws -> PEMContainer {
    let text = try await c.paste(question)
    do {
      let container = try PEMContainer(text: text)
      _ = try container.requireCertificates()
      return container
    } catch {
      throw OperationFailed("Invalid certificate ... discarding.\n\(error)")
    }
  }
}
