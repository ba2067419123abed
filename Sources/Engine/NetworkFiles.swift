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
    /// A sentence for each file that cannot be read.
    let troubles: [String]
  }

  let folder: String

  private var zonePath: String { "\(folder)/zone" }
  private var reputationPath: String { "\(folder)/sbrs" }

  /// What the files hold; one that cannot be read counts as empty and gives a sentence.
  func read() -> Contents {
    var troubles: [String] = []
    var zone = Zone.empty
    var reputation = ReputationTable.empty
    do { zone = try Zone(masterFile: text(zonePath)) } catch { troubles.append("\(error)") }
    do { reputation = try ReputationTable(text(reputationPath)) } catch {
      troubles.append("\(error)")
    }
    return Contents(zone: zone, reputation: reputation, troubles: troubles)
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
