import Foundation
import PKI

/// The links of a picture as they are found.
struct ChainDraft {
  let chain: CertificateChain
  let lists: TrustLists
  let moment: Date
  private let faults: [ChainFault]

  init(chain: CertificateChain, lists: TrustLists, moment: Date) {
    self.chain = chain
    self.lists = lists
    self.moment = moment
    faults = chain.faults(at: moment)
  }

  /// From the top to the leaf.
  var path: [ChainPicture.Link] {
    let sent = chain.path
    return (above(sent[sent.count - 1]) + sent.reversed().map(link))
  }

  /// What is sent besides, each once.
  var others: [ChainPicture.Link] {
    let path = chain.path
    return chain.withoutDuplicates.intermediates.filter { !path.contains($0) }.map(link)
  }

  /// Who issued the last certificate that is sent, from the top: authorities of the lists, or the
  /// place of one that nobody has.
  private func above(_ end: Certificate) -> [ChainPicture.Link] {
    var found: [Certificate] = []
    var end = end
    while !end.isSelfSigned {
      guard
        let issuer = lists.authorities.first(where: { end.isSigned(by: $0) }),
        !found.contains(issuer)
      else { return [missing(end)] + found.reversed().map(link) }
      found.append(issuer)
      end = issuer
    }
    return found.reversed().map(link)
  }

  private func missing(_ certificate: Certificate) -> ChainPicture.Link {
    let text = "is missing: it is not sent, and no list of trusted authorities holds it"
    return ChainPicture.Link(
      name: certificate.issuer.shortName, certificate: nil, origin: .missing, lists: [],
      remarks: [ChainPicture.Remark(weight: .fault, text: text)])
  }

  private func link(_ certificate: Certificate) -> ChainPicture.Link {
    let places = chain.certificates.indices.filter { chain.certificates[$0] == certificate }
    let names = lists.names(with: certificate)
    return ChainPicture.Link(
      name: certificate.subject.shortName, certificate: certificate,
      origin: places.isEmpty ? .trusted : .sent(places.map { $0 + 1 }), lists: names,
      remarks: faults.compactMap { $0.remark(on: certificate) }
        + trust(certificate, names) + dates(certificate))
  }

  private func trust(_ certificate: Certificate, _ names: [String]) -> [ChainPicture.Remark] {
    guard certificate.isSelfSigned, names.isEmpty else { return [] }
    let text =
      certificate == chain.leaf
      ? "vouches for itself: no list of trusted authorities holds it"
      : "is not trusted: no list of trusted authorities holds it"
    return [ChainPicture.Remark(weight: .fault, text: text)]
  }

  private func dates(_ certificate: Certificate) -> [ChainPicture.Remark] {
    if moment < certificate.notBefore {
      return [ChainPicture.Remark(weight: .fault, text: "is not valid yet")]
    }
    if moment > certificate.notAfter {
      return [ChainPicture.Remark(weight: .fault, text: "has expired")]
    }
    let days = certificate.days(from: moment)
    guard days <= ChainPicture.warningDays else { return [] }
    return [ChainPicture.Remark(weight: .warning, text: "expires soon")]
  }
}

extension ChainFault {
  /// What the fault says of a certificate; nil where it is about another one, or is told otherwise.
  fileprivate func remark(on certificate: Certificate) -> ChainPicture.Remark? {
    switch self {
    case .duplicate(certificate): .init(weight: .fault, text: "is sent more than once")
    case .outOfOrder(certificate):
      .init(weight: .fault, text: "is sent before the certificate that it issued")
    case .unrelated(certificate): .init(weight: .fault, text: "does not belong to the chain")
    case .rootIncluded(certificate):
      .init(weight: .warning, text: "is a root, which clients have anyway: it need not be sent")
    case .duplicate, .outOfOrder, .unrelated, .rootIncluded, .missing, .expired: nil
    }
  }
}

extension Certificate {
  /// How many whole days it is still valid; negative when it has expired.
  func days(from moment: Date) -> Int {
    Int((notAfter.timeIntervalSince(moment) / 86_400).rounded(.down))
  }

  /// How much of its time is over, from 0 to 1.
  func share(at moment: Date) -> Double {
    let whole = notAfter.timeIntervalSince(notBefore)
    guard whole > 0 else { return 1 }
    return min(1, max(0, moment.timeIntervalSince(notBefore) / whole))
  }
}

extension Date {
  /// The day in UTC, such as `2026-04-16`.
  var day: String { formatted(.iso8601.year().month().day()) }
}
