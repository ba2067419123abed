import Configuration
import ConfigurationStore
import Control
import Foundation
import Logs
import Mail
import NIOCore
import PKI

/// Finds revocation lists and keeps the good ones.
///
/// What cannot be read or trusted, or is out of date already, takes nothing away: the lists that were
/// good before stay. Once they are out of date themselves, peers of their authority do not verify, as
/// with OpenSSL's `-crl_check`.
actor RevocationUpdater {
  /// Where lists are looked for.
  struct Surroundings: Sendable {
    let configuration: Configuration
    let network: MailNetwork
  }

  private let directory: String
  private let files: PrivateFolder
  private let group: any EventLoopGroup
  private let log: Log
  private let calendar: @Sendable () -> Date
  private var record: RevocationRecord
  private var schedule = RevocationSchedule()

  /// Takes up the lists where the last engine left them.
  ///
  /// - Parameters:
  ///   - appliance: whose lists.
  ///   - group: the loops on which connections live.
  ///   - log: `system_logs`; each update has a line.
  init(of appliance: Appliance, group: any EventLoopGroup, log: Log) {
    directory = appliance.directory
    files = appliance.files
    self.group = group
    self.log = log
    let clock = appliance.environment.calendar
    calendar = { clock.now }
    record = RevocationRecord(in: appliance.directory)
  }

  /// The lists that count under a configuration.
  func lists(for configuration: Configuration) -> [RevocationList] {
    record.lists(for: configuration)
  }

  /// The sources whose time has come.
  ///
  /// - Parameter areNear: only those that lie on this machine.
  func due(_ configuration: Configuration, areNear: Bool = false) -> [String] {
    schedule.forgetAllBut(configuration)
    return schedule.due(configuration, at: calendar()).filter { name in
      guard areNear, let source = configuration.crlSources[name] else { return true }
      return source.origin.places.allSatisfy { place in
        if case .file? = try? CRLPlace(place) { true } else { false }
      }
    }
  }

  /// Looks for the lists of sources, side by side.
  ///
  /// - Returns: what came of each, in the order of names.
  func update(_ names: [String], in surroundings: Surroundings) async -> [CRLUpdate] {
    await withTaskGroup(of: CRLUpdate?.self) { tasks in
      for name in names { tasks.addTask { await self.update(name, in: surroundings) } }
      var updates: [CRLUpdate] = []
      for await update in tasks { if let update { updates.append(update) } }
      return updates.sorted { $0.source < $1.source }
    }
  }

  private func update(_ name: String, in surroundings: Surroundings) async -> CRLUpdate? {
    guard let source = surroundings.configuration.crlSources[name] else { return nil }
    schedule.note(source, named: name, at: calendar())
    let search = RevocationSearch(
      files: files, group: group, surroundings: surroundings,
      present: record.lists(of: source, named: name), now: calendar())
    let result = await search.search(source)
    // A commit meanwhile may have other plans; then this one is found out of place when it is read.
    if let found = result.found { keep(found.lists, of: source, named: name) }
    let inUse = record.lists(of: source, named: name)
    let update = CRLUpdate(
      source: name, isDone: result.found != nil, text: result.text(inUse: inUse))
    log.write("CRL \(name): \(update.text)", level: update.isDone ? .info : .warning)
    await log.flush()
    return update
  }

  private func keep(_ lists: [RevocationList], of source: CRLSource, named name: String) {
    let entry = RevocationRecord.Entry(
      origin: source.origin, lists: lists.map { Data($0.der) })
    guard record.entries[name] != entry else { return }
    record.entries[name] = entry
    do {
      try record.write(in: directory)
    } catch {
      log.write("CRL \(name): \(error)", level: .warning)
    }
  }
}
