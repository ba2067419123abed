import Foundation
import Resolver

/// The files of the lab network that people write: `network/zone` and `network/sbrs`.
struct NetworkFiles: Sendable {
  /// When the files were last written.
  struct Stamp: Equatable, Sendable {
    let zone: Date?
    let reputation: Date?
  }

  /// What the files hold.
  struct Contents: Sendable {
    let zone: Zone
    let reputation: ReputationTable
    /// What is wrong with the zone's file, as a sentence.
    let zoneTrouble: String?
    /// What is wrong with the reputations' file, as a sentence.
    let reputationTrouble: String?
    /// A sentence for each file that cannot be read.
    var troubles: [String] { [zoneTrouble, reputationTrouble].compactMap { $0 } }
  }

  let folder: String

  private var zonePath: String { "\(folder)/zone" }
  private var reputationPath: String { "\(folder)/sbrs" }

  /// What the files hold; one that cannot be read counts as empty and gives a sentence.
  func read() -> Contents {
    var zone = Zone.empty
    var reputation = ReputationTable.empty
    var zoneTrouble: String?
    var reputationTrouble: String?
    do { zone = try Zone(masterFile: text(zonePath)) } catch { zoneTrouble = "\(error)" }
    do { reputation = try ReputationTable(text(reputationPath)) } catch {
      reputationTrouble = "\(error)"
    }
    return Contents(
      zone: zone, reputation: reputation, zoneTrouble: zoneTrouble,
      reputationTrouble: reputationTrouble)
  }

  /// When the files were last written; a file that is missing has no date.
  var stamp: Stamp { Stamp(zone: date(zonePath), reputation: date(reputationPath)) }

  private func text(_ path: String) -> String {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  private func date(_ path: String) -> Date? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return attributes?[.modificationDate] as? Date
  }
}
