public import Configuration
import Foundation
import PKI
import Synchronization
public import TLS

extension TrustAnchors {
  /// The authorities that count on an appliance: its own list, the machine's, or both.
  ///
  /// - Throws: an error with a sentence when a list cannot be read.
  public static func appliance(_ configuration: Configuration) throws -> TrustAnchors {
    try TrustAnchorCache.shared.anchors(of: configuration)
  }
}

/// Anchors as they were made last: with the machine's list that takes 50 ms, and lists seldom
/// change.
final class TrustAnchorCache: Sendable {
  static let shared = TrustAnchorCache()

  private let made = Mutex<(sources: TrustSources, anchors: TrustAnchors)?>(nil)

  /// The anchors of a configuration; the same ones as long as no list changes.
  ///
  /// - Throws: an error with a sentence when a list cannot be read.
  func anchors(of configuration: Configuration) throws -> TrustAnchors {
    let sources = TrustSources(configuration)
    return try made.withLock { made in
      if let made, made.sources == sources { return made.anchors }
      let anchors = try sources.anchors()
      made = (sources, anchors)
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

  init(_ configuration: Configuration) {
    authorities =
      configuration.authorityLists.isCustomEnabled
      ? configuration.authorities.all.map(\.value.certificate) : []
    system =
      configuration.authorityLists.isSystemEnabled ? FileState(path: TrustStore.systemBundle) : nil
    isStrict = configuration.ssl.checksPeerX509
  }

  func anchors() throws -> TrustAnchors {
    let system = try system == nil ? [] : TrustStore().authorities
    return try TrustAnchors(authorities + system, isStrict: isStrict)
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
