/// A leaf and the certificates that are sent after it, in stored order.
public struct CertificateChain: Hashable, Sendable {
  /// The certificate of the service itself.
  public var leaf: Certificate
  /// What is sent after it, as stored: duplicates and wrong order included.
  public var intermediates: [Certificate]
  /// The authorities that the chain should lead to; nil when that does not matter.
  public var trustedRoots: [Certificate]?

  /// Makes a chain from a leaf, what is sent after it, and perhaps the authorities trusted.
  public init(
    leaf: Certificate, intermediates: [Certificate], trustedRoots: [Certificate]? = nil
  ) {
    self.leaf = leaf
    self.intermediates = intermediates
    self.trustedRoots = trustedRoots
  }

  /// Leaf and intermediates as they are sent.
  public var certificates: [Certificate] { [leaf] + intermediates }

  /// The certificates from the leaf upwards, each issued by the next, as far as the chain reaches.
  public var path: [Certificate] {
    let graph = ChainGraph(leaf: leaf, intermediates: intermediates)
    return graph.path.map { graph.certificates[$0] }
  }

  /// The chain without second copies, the order kept.
  public var withoutDuplicates: CertificateChain {
    var seen: Set = [leaf]
    return replacing(intermediates.filter { seen.insert($0).inserted })
  }

  /// The chain from leaf to root without second copies; what does not belong stands at the end.
  public var ordered: CertificateChain {
    let graph = ChainGraph(leaf: leaf, intermediates: intermediates)
    let path = graph.path.dropFirst()
    let rest = graph.certificates.indices.dropFirst().filter { !path.contains($0) }
    return replacing((path + rest).map { graph.certificates[$0] })
  }

  private func replacing(_ intermediates: [Certificate]) -> CertificateChain {
    CertificateChain(leaf: leaf, intermediates: intermediates, trustedRoots: trustedRoots)
  }
}
