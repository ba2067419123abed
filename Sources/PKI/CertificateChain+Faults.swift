public import FoundationEssentials

extension CertificateChain {
  /// What is wrong with the chain (G9), whatever the date.
  public var faults: [ChainFault] { faults(at: nil) }

  /// What is wrong with the chain (G9), in stored order, a missing issuer last.
  ///
  /// - Parameter date: the moment for which expiry is judged; nil for not at all.
  public func faults(at date: Date?) -> [ChainFault] {
    let graph = ChainGraph(leaf: leaf, intermediates: intermediates)
    let path = graph.path
    let related = graph.related
    var faults = graph.certificates.indices.dropFirst().flatMap { place -> [ChainFault] in
      let certificate = graph.certificates[place]
      guard related.contains(place) else { return [.unrelated(certificate)] }
      var faults: [ChainFault] = []
      if certificate.isSelfSigned { faults.append(.rootIncluded(certificate)) }
      if Self.isOutOfOrder(place, in: path) { faults.append(.outOfOrder(certificate)) }
      if let date, date > certificate.notAfter { faults.append(.expired(certificate)) }
      return faults
    }
    faults = repeated.map { .duplicate($0) } + faults
    if let end = path.last { faults += missing(at: graph.certificates[end]) }
    return faults
  }

  /// The certificates that stand there more than once, each named once.
  private var repeated: [Certificate] {
    var seen: Set = [leaf]
    var named: Set<Certificate> = []
    return intermediates.filter { !seen.insert($0).inserted && named.insert($0).inserted }
  }

  /// Whether an issuer stands before the certificate that it issued.
  private static func isOutOfOrder(_ place: Int, in path: [Int]) -> Bool {
    guard let step = path.firstIndex(of: place), step > 0 else { return false }
    return place < path[step - 1]
  }

  /// The end of the path must be a root, or issued by a trusted one.
  ///
  /// Without a list of roots an intermediate may be the end; a leaf alone may not, unless it
  /// vouches for itself.
  private func missing(at end: Certificate) -> [ChainFault] {
    if end.isSelfSigned { return [] }
    let isReached =
      trustedRoots.map { $0.contains { $0 == end || end.isSigned(by: $0) } } ?? (end != leaf)
    return isReached ? [] : [.missing(issuer: end.issuer, of: end)]
  }
}
