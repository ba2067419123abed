/// Who issued whom among a leaf and the certificates stored with it.
struct ChainGraph {
  /// The distinct certificates, the leaf first, the others in stored order.
  let certificates: [Certificate]
  /// For each certificate the places of those that issued it, itself left out.
  private let issuers: [[Int]]

  init(leaf: Certificate, intermediates: [Certificate]) {
    var seen: Set<Certificate> = []
    let certificates = ([leaf] + intermediates).filter { seen.insert($0).inserted }
    self.certificates = certificates
    issuers = certificates.indices.map { child in
      certificates.indices.filter {
        $0 != child && certificates[child].isSigned(by: certificates[$0])
      }
    }
  }

  /// The places from the leaf upwards, each the issuer of the one before.
  ///
  /// Of several issuers (cross-signed authorities) the first that leads on counts, else the first.
  var path: [Int] {
    var path = [0]
    while let end = path.last, !certificates[end].isSelfSigned {
      let candidates = issuers[end].filter { !path.contains($0) }
      let leadsOn = { (place: Int) in
        certificates[place].isSelfSigned || !issuers[place].allSatisfy(path.contains)
      }
      guard let next = candidates.first(where: leadsOn) ?? candidates.first else { break }
      path.append(next)
    }
    return path
  }

  /// The places of the leaf and of all that vouch for it, directly or not.
  var related: Set<Int> {
    var related: Set = [0]
    var open = [0]
    while let place = open.popLast() {
      open += issuers[place].filter { related.insert($0).inserted }
    }
    return related
  }
}
