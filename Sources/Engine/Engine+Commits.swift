import Configuration
import ConfigurationStore
import Control
import Logs
import Mail
import Transport

// Following commits.
extension Engine {
  /// Serves what is committed.
  func serve(atLeast version: Int) async {
    await inTurn { engine in
      guard version > engine.version || engine.stamp != engine.networkFiles.stamp else { return }
      await engine.serveNewest()
    }
  }

  /// Serves what is committed once more if revocation lists have changed.
  func serveAgain() async {
    await inTurn { engine in
      guard let running = engine.running, let configuration = engine.surroundings?.configuration,
        await running.revocation.lists(for: configuration) != engine.revocationLists
      else { return }
      await engine.serveNewest()
    }
  }

  /// Serves one at a time: whoever asks while another is served waits.
  private func inTurn(_ body: @escaping @Sendable (isolated Engine) async -> Void) async {
    let before = applying
    let task = Task {
      await before?.value
      await body(self)
    }
    applying = task
    await task.value
  }

  private func serveNewest() async {
    guard let running else { return }
    let committed: CommittedConfiguration
    do {
      committed = try await appliance.store.committed()
    } catch {
      fileTroubles = ["\(error)"]
      return
    }
    var logTroubles: [String] = []
    let stamp = networkFiles.stamp
    let files = networkFiles.read().completed(from: lastFiles)
    lastFiles = files
    let network = network(for: committed.configuration, files)
    let release = appliance.release
    let surroundings = RevocationUpdater.Surroundings(
      configuration: committed.configuration, network: network)
    let near = await running.revocation.due(committed.configuration, areNear: true)
    _ = await running.revocation.update(near, in: surroundings)
    let lists = await running.revocation.lists(for: committed.configuration)
    let mail = await MailConfiguration.prepare(
      committed.configuration, release: release, network: network, revocationLists: lists)
    let web = await WebConfiguration.prepare(
      committed.configuration, release: release, map: network.map)
    do {
      try await running.log.obey(committed.configuration.log.files(of: .mail))
      try await running.systemLog.obey(committed.configuration.log.files(of: .system))
    } catch {
      logTroubles = ["\(error)"]
    }
    await running.mail.apply(mail)
    await running.web.apply(web)
    await options.remoteDoor?.serve(
      at: remotePlaces(committed.configuration, network), map: network.map)
    self.surroundings = surroundings
    revocationLists = lists
    self.stamp = stamp
    fileTroubles = files.troubles + network.collisions + logTroubles
    version = committed.version
    addresses = EngineAddresses(
      committed.configuration, network, withDoor: options.remoteDoor != nil)
    if running.control != nil { try? record() }
  }

  /// Looks for what nobody told the engine of.
  func follow() async {
    guard let running, !isEnding else { return }
    running.mail.watchExpiry()
    let newest = (try? await appliance.store.committed().version) ?? version
    // A file that somebody is just writing is left alone: half a zone would bounce mail.
    let present = networkFiles.stamp
    let isAtRest = present == seenStamp
    seenStamp = present
    if newest > version || (isAtRest && present != stamp) { await serve(atLeast: newest) }
    await followRevocationLists()
  }
}
