import Configuration
import ConfigurationStore
import Foundation
import Logs
import Mail
import NIOCore
import PKI
import Transport

/// One look for the lists of a source: its primary place, then its secondary one.
struct RevocationSearch: Sendable {
  let files: PrivateFolder
  let group: any EventLoopGroup
  let surroundings: RevocationUpdater.Surroundings
  /// The source's lists in use.
  let present: [RevocationList]
  /// The appliance's time.
  let now: Date

  /// What was found, or why nothing was.
  struct Result: Sendable {
    struct Found: Sendable {
      let place: String
      let lists: [RevocationList]
    }

    var found: Found?
    /// Why places that were looked at have nothing, each with a reason.
    var failures: [String] = []
  }

  func search(_ source: CRLSource) async -> Result {
    var result = Result()
    for place in source.origin.places {
      do {
        let lists = try await lists(at: CRLPlace(place), as: source.encoding)
        result.found = Result.Found(place: place, lists: lists)
        break
      } catch {
        result.failures.append("\(place): \(error)")
      }
    }
    return result
  }

  /// - Throws: an error that says in a few words why there is nothing good.
  private func lists(at place: CRLPlace, as encoding: CRLSource.Encoding) async throws
    -> [RevocationList]
  {
    let bytes =
      switch place {
      case .file(let name): try files.read(name)
      case .web(let page):
        try await WebFetch(
          group: group, network: surroundings.network, configuration: surroundings.configuration
        ).fetch(page)
      }
    let lists = try await Self.decode(bytes, as: encoding)
    let doubts = RevocationDoubts(
      present: present, configuration: surroundings.configuration, now: now)
    if let reason = await doubts.judge(lists) { throw EngineError(reason) }
    return lists
  }

  /// A list of a large authority has megabytes.
  @concurrent
  private static func decode(_ bytes: [UInt8], as encoding: CRLSource.Encoding) async throws
    -> [RevocationList]
  {
    let found = try? RevocationList.lists(in: bytes)
    let wanted =
      switch encoding {
      case .pem: try? RevocationList.lists(inPEM: bytes)
      case .asn1: (try? RevocationList(der: bytes)).map { [$0] }
      }
    if let wanted { return wanted }
    throw EngineError(
      found == nil
        ? "no revocation list, or a damaged one"
        : encoding == .pem ? "a list in ASN.1, not in PEM" : "a list in PEM, not in ASN.1")
  }
}

extension RevocationSearch.Result {
  /// What happened and what is in use now, as the log and the screen say it.
  func text(inUse: [RevocationList]) -> String {
    let reasons = failures.joined(separator: "; ")
    if let found {
      let updated = "updated from \(found.place), \(Self.facts(of: found.lists))"
      return failures.isEmpty ? updated : "\(updated) (\(reasons))"
    }
    let rest = inUse.isEmpty ? "there is no list" : "in use stays \(Self.facts(of: inUse))"
    return "not updated (\(reasons)), \(rest)"
  }

  private static func facts(of lists: [RevocationList]) -> String {
    let revoked = lists.reduce(0) { $0 + $1.count }
    let count = lists.count == 1 ? "1 list" : "\(lists.count) lists"
    let end = lists.compactMap(\.nextUpdate).min().map { ", good until \(UTCStamp.text($0))" }
    return "\(count), \(revoked) revoked\(end ?? "")"
  }
}
