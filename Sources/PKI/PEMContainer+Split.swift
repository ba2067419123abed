extension PEMContainer {
  /// Sorts the certificates around a key (G3).
  ///
  /// The first certificate that fits the key is the leaf. Of the rest, self-signed ones are the
  /// roots, which a server need not send; all others, duplicates too, are the intermediates.
  ///
  /// - Returns: each list in the text's order; no leaf when nothing fits the key.
  public func split(
    for key: PrivateKey
  ) -> (leaf: Certificate?, intermediates: [Certificate], roots: [Certificate]) {
    let place = certificates.firstIndex(where: key.fits)
    var rest = certificates
    let leaf = place.map { rest.remove(at: $0) }
    let roots = rest.filter(\.isSelfSigned)
    return (leaf, rest.filter { !roots.contains($0) }, roots)
  }
}
