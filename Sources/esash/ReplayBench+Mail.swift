import ArgumentParser
import ConfigurationStore
import Foundation
import Peers
import Resolver

/// What a transcript asks of the mail servers around the appliance: `%peer` and `%mail`.
extension ReplayBench {
  func peer(named name: String, behaviour: String) async throws {
    let network = try await peerNetwork(for: "%peer")
    if let former = peers.removeValue(forKey: name) { await former.stop() }
    if behaviour == "stop" { return }
    peers[name] = try await orCouldNotRun {
      let behaviour = try Behaviour.known(behaviour)
      let host = try network.host(name, usualPort: behaviour.usualPort)
      return try await network.lab.start(
        host.name, behaviour, at: host.address, port: host.port)
    }
  }

  func mail(from: String, to: String, options: [String]) async throws {
    let network = try await peerNetwork(for: "%mail")
    let words = options.filter { $0 != "refused" }
    let parsed: PeerSendOptions
    do {
      parsed = try PeerSendOptions.parse(words)
    } catch {
      throw CouldNotRun("%mail: \(PeerSendOptions.message(for: error))")
    }
    let delivery = try await parsed.send(
      from: from == "<>" ? "" : from, to: to.split(separator: ",").map(String.init), over: network,
      in: workFolder)
    let mustBeRefused = words.count < options.count
    guard delivery.isAccepted != mustBeRefused else {
      throw CouldNotRun(
        "The message \(mustBeRefused ? "was taken" : "was not taken"). \(delivery.outcome)")
    }
  }

  /// Ends all peers.
  func stopPeers() async {
    for peer in peers.values { await peer.stop() }
    peers = [:]
  }

  /// What a `%sh` command is told of the lab: whom to trust, and where peers keep their messages.
  func labVariables() async throws -> [String: String] {
    guard await service?.addresses() != nil else { return [:] }
    let lab = try await peerNetwork(for: "%sh").lab
    _ = try await lab.authority.open(at: lab.calendar())
    return ["LAB_CA": lab.authority.rootFile, "MAILBOX": lab.mailboxes]
  }

  /// The lab around the appliance.
  ///
  /// - Throws: `CouldNotRun` when no engine runs, so that nothing is where it should be.
  private func peerNetwork(for directive: String) async throws -> PeerNetwork {
    guard let appliance, let addresses = await service?.addresses() else {
      throw CouldNotRun("\(directive) needs \"engine: true\".")
    }
    return try await PeerNetwork(of: appliance, servedAt: addresses)
  }
}
