public import Foundation
public import PKI

/// The chain of a certificate as it is sent, from the authority at its top down to the leaf, with
/// all that is wrong with it.
public struct ChainPicture: Sendable {
  /// One certificate of the picture, or the place of one that is not there.
  struct Link: Sendable {
    /// Where a certificate comes from.
    enum Origin: Hashable, Sendable {
      /// It is sent, at these places, the leaf's being the first.
      case sent([Int])
      /// It is not sent; lists of trusted authorities hold it.
      case trusted
      /// Nobody has it.
      case missing
    }

    /// The name by which people know it.
    let name: String
    /// Nil for one that is missing.
    let certificate: Certificate?
    let origin: Origin
    /// The lists that hold it.
    let lists: [String]
    let remarks: [Remark]
  }

  /// What is to be said of a certificate.
  struct Remark: Hashable, Sendable {
    enum Weight: Hashable, Sendable { case fault, warning }

    let weight: Weight
    let text: String
  }

  /// A certificate that expires within so many days is remarked.
  static let warningDays = 30

  /// What it is the chain of: the name of a profile.
  let title: String
  /// What presents it.
  let services: [String]
  /// For which moment it is judged.
  let moment: Date
  /// From the top to the leaf; each was issued by the one before.
  let path: [Link]
  /// What is sent besides, in the order sent.
  let others: [Link]
  /// What OpenSSL has against the leaf, the nearest reason first; empty when it verifies.
  let failures: [VerificationFailure]

  /// Draws up a picture.
  ///
  /// - Parameters:
  ///   - title: what it is the chain of.
  ///   - services: what presents it.
  ///   - chain: leaf and intermediates as they are sent.
  ///   - lists: by whom the chain is judged.
  ///   - moment: for which it is judged.
  /// - Throws: `PKIError.library` when the library is out of memory.
  public init(
    title: String, services: [String], chain: CertificateChain, lists: TrustLists,
    at moment: Date
  ) throws {
    self.title = title
    self.services = services
    self.moment = moment
    let authorities = lists.authorities
    failures = try TrustStore(authorities: authorities).verify(
      leaf: chain.leaf, intermediates: chain.intermediates, at: moment
    ).failures
    let draft = ChainDraft(chain: chain, lists: lists, moment: moment)
    path = draft.path
    others = draft.others
  }

  /// Whether a client that trusts the lists would take the certificate.
  public var isVerified: Bool { failures.isEmpty }

  /// All faults as lines for people, the path's first.
  var faults: [String] {
    (path + others).flatMap { link in
      link.remarks.filter { $0.weight == .fault }.map { "\(link.name): \($0.text)" }
    }
  }

  /// The verdict in a sentence.
  var verdict: String {
    guard let failure = failures.first else {
      return "Verified, up to \(path.first?.name ?? "its root")."
    }
    let place = failure.depth == 0 ? "" : ", \(failure.depth) above the certificate itself"
    return "Not verified: \(failure.reason)\(place)."
  }
}
