import Foundation
import Resolver

/// The files of the lab network that people write: `network/zone` and `network/sbrs`.
struct NetworkFiles: Sendable {
  /// By what it is told that the files were written.
  struct Stamp: Equatable, Sendable {
    /// A file's date and size, in bytes.
    ///
    /// Dates alone are too coarse: an editor empties a file and fills it within one tick.
    struct Mark: Equatable, Sendable {
      let written: Date
      let size: UInt64
    }

    // Nil while a file is missing.
    let zone: Mark?
    let reputation: Mark?
  }

  /// What the files hold.
  struct Contents: Sendable {
    var zone: Zone
    var reputation: ReputationTable
    /// Whether the zone is what the file holds, or held; while false nobody knows any name.
    var isZoneKnown: Bool
    /// What is wrong with the zone's file, as a sentence.
    let zoneTrouble: String?
    /// What is wrong with the reputations' file, as a sentence.
    let reputationTrouble: String?
    /// A sentence for each file that cannot be read.
    var troubles: [String] { [zoneTrouble, reputationTrouble].compactMap { $0 } }

    /// With what was read before in the place of what cannot be read now: a slip of the pen would
    /// else bounce mail, and let in whom a reputation keeps out.
    func completed(from earlier: Contents?) -> Contents {
      var contents = self
      if zoneTrouble != nil, let earlier {
        contents.zone = earlier.zone
        contents.isZoneKnown = earlier.isZoneKnown
      }
      if reputationTrouble != nil, let earlier { contents.reputation = earlier.reputation }
      return contents
    }
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
      zone: zone, reputation: reputation, isZoneKnown: zoneTrouble == nil,
      zoneTrouble: zoneTrouble,
      reputationTrouble: reputationTrouble)
  }

  /// When the files were last written, and how large they are.
  var stamp: Stamp { Stamp(zone: mark(zonePath), reputation: mark(reputationPath)) }

  private func text(_ path: String) -> String {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  private func mark(_ path: String) -> Stamp.Mark? {
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
      let written = attributes[.modificationDate] as? Date,
      let size = attributes[.size] as? UInt64
    else { return nil }
    return Stamp.Mark(written: written, size: size)
  }
}

/// Answers nothing: a zone that was never read is no zone without names.
struct UnknownZone: NameService {
  /// Why it was not read.
  let trouble: String

  func answer(_ name: DomainName, _ type: RecordType) async throws(LookupFailure) -> DNSAnswer {
    throw LookupFailure(trouble)
  }
}
