import Configuration
import Foundation
import Logs
import PKI

/// Why lists that were found must not take the place of those in use.
///
/// They come in clear, and whoever could put another list in their place could have it forgotten
/// who was taken back.
struct RevocationDoubts: Sendable {
  /// The lists in use.
  let present: [RevocationList]
  /// Knows authorities; others come with a peer's chain only.
  let configuration: Configuration
  let now: Date

  /// The reason in a few words; nil when there is none.
  ///
  /// A list of a large authority takes a while, and so does the machine's list of authorities.
  @concurrent
  func judge(_ lists: [RevocationList]) async -> String? {
    let authorities = configuration.knownAuthorities
    for list in lists {
      if let reason = doubt(list, authorities) { return reason }
    }
    for known in present {
      let successors = lists.filter { $0.hasIssuer(of: known) }
      guard !successors.isEmpty else { return "no list of \(known.issuer), as the one in use" }
      if let newest = successors.compactMap(\.thisUpdate).max(), let former = known.thisUpdate,
        newest < former
      {
        return "older than the list in use, which was made \(UTCStamp.text(former))"
      }
    }
    return nil
  }

  private func doubt(_ list: RevocationList, _ authorities: [Certificate]) -> String? {
    if list.isPartial { return "a list that tells a part only" }
    if let end = list.nextUpdate, end < now { return "out of date since \(UTCStamp.text(end))" }
    if let time = list.thisUpdate, time > now { return "not good before \(UTCStamp.text(time))" }
    let issuers = authorities.filter(list.isAbout)
    guard issuers.isEmpty || issuers.contains(where: list.isSigned) else {
      return "not signed by \(list.issuer)"
    }
    return nil
  }
}

extension Configuration {
  /// The authorities that it lists, the machine's among them where they count, and the intermediates
  /// that it holds.
  fileprivate var knownAuthorities: [Certificate] {
    let system = authorityLists.isSystemEnabled ? try? TrustStore().authorities : nil
    return authorities.all.map(\.value.certificate) + (system ?? [])
      + certificates.all.flatMap(\.value.intermediates)
  }
}
