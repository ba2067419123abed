public import Configuration
import Foundation
public import PKI
import Synchronization
public import TLS

extension TrustAnchors {
  /// The authorities that count on an appliance: its own list, the machine's, or both.
  ///
  /// - Throws: an error with a sentence when a list cannot be read.
  public static func appliance(_ configuration: Configuration) throws -> TrustAnchors {
    try TrustAnchorCache.shared.anchors(of: configuration, revocationLists: [])
  }

  /// The authorities that count for a service, and what they took back.
  ///
  /// - Parameters:
  ///   - service: whose peers are to be verified; it may be one that looks at no revocation list.
  ///   - revocationLists: what authorities took back, as it is known.
  /// - Throws: an error with a sentence when a list cannot be read.
  public static func appliance(
    _ configuration: Configuration, for service: SSLSettings.ServiceKind,
    revocationLists: [RevocationList]
  ) throws -> TrustAnchors {
    try TrustAnchorCache.shared.anchors(
      of: configuration,
      revocationLists: configuration.crlChecks[service] ? revocationLists : [])
  }
}

/// Anchors as they were made last: with the machine's list that takes 50 ms, and lists seldom
/// change.
final class TrustAnchorCache: Sendable {
  static let shared = TrustAnchorCache()

  /// One for each set of revocation lists: listeners may look at them, and deliveries not.
  private static let limit = 2

  private let made = Mutex<[(sources: TrustSources, anchors: TrustAnchors)]>([])

  /// The anchors of a configuration; the same ones as long as no list changes.
  ///
  /// - Throws: an error with a sentence when a list cannot be read.
  func anchors(of configuration: Configuration, revocationLists: [RevocationList]) throws
    -> TrustAnchors
  {
    let sources = TrustSources(configuration, revocationLists)
    return try made.withLock { made in
      if let known = made.first(where: { $0.sources == sources }) { return known.anchors }
      let anchors = try sources.anchors()
      made = made.suffix(Self.limit - 1) + [(sources, anchors)]
      return anchors
    }
  }
}

/// What an appliance's anchors are made of.
private struct TrustSources: Hashable {
  let authorities: [Certificate]
  /// The state of the machine's list; nil where it does not count.
  let system: FileState?
  let isStrict: Bool
  let revocationLists: [RevocationList]

  init(_ configuration: Configuration, _ revocationLists: [RevocationList]) {
    self.revocationLists = revocationLists
    authorities =
      configuration.authorityLists.isCustomEnabled
      ? configuration.authorities.all.map(\.value.certificate) : []
    system =
      configuration.authorityLists.isSystemEnabled ? FileState(path: TrustStore.systemBundle) : nil
    isStrict = configuration.ssl.checksPeerX509
  }

  func anchors() throws -> TrustAnchors {
    let system = try system == nil ? [] : TrustStore().authorities
    return try TrustAnchors(
      authorities + system, revocationLists: revocationLists, isStrict: isStrict)
  }
}

/// By what a changed file is known.
private struct FileState: Hashable {
  let size: Int?
  let date: Date?

  init(path: String) {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    size = attributes?[.size] as? Int
    date = attributes?[.modificationDate] as? Date
  }
}
