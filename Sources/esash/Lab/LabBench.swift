import ArgumentParser
import Configuration
import ConfigurationStore
import Control
import Foundation
import Labs
import Logs
import Mail
import PKI
import Peers

/// What checks look at: an appliance, its engine, and the remote servers of the lab.
actor LabBench: LabWorld {
  private let appliance: Appliance
  private let service: EngineService
  private var peers: [Peer] = []

  /// How long a message that is to be delivered may take until the log says what became of it.
  private static let patience = Duration.seconds(20)

  /// Takes up an appliance: its engine is started, or that of another process is used.
  ///
  /// - Throws: `CouldNotRun` when the engine or a remote server cannot run.
  init(_ appliance: Appliance, peers behaviours: [String: String]) async throws {
    self.appliance = appliance
    service = try await EngineService(of: appliance, .must)
    do {
      for trouble in try await service.started() { throw CouldNotRun(trouble) }
      // Who holds the engine runs the servers too.
      if await service.isEngine { try await startPeers(behaviours) }
    } catch {
      await close()
      throw error
    }
  }

  /// Starts the remote servers of a lab.
  private func startPeers(_ behaviours: [String: String]) async throws {
    peers = try await network().start(behaviours)
  }

  /// Ends what was started.
  func close() async {
    for peer in peers { await peer.stop() }
    await service.stop()
  }

  nonisolated var now: Date { appliance.environment.calendar.now }

  func trustedRoots() async throws -> [Certificate] {
    [try await network().lab.authority.open(at: now).root.certificate]
  }

  func committed() async throws -> Configuration {
    try await appliance.store.committed().configuration
  }

  func certificates(of service: LabService) async throws -> [Certificate] {
    let network = try await network()
    let viewer = ChainViewer(from: network.stranger, over: network.lab.dialer)
    switch service {
    case .listener(let name):
      let place = try network.listener(name)
      return try await viewer.certificates(
        ofMailServer: place.address, port: place.port, at: now)
    case .https(let name):
      let place = try network.page(of: name)
      return try await viewer.certificates(ofTLSServer: place.address, port: place.port, at: now)
    }
  }

  func send(_ mail: LabMail) async throws -> PeerSender.Delivery {
    var options = ["--tls", mail.demand.rawValue, "--listener", mail.listener]
    if let source = mail.source { options += ["--from-ip", source] }
    if let version = mail.version { options += ["--protocol", version] }
    if let name = mail.serverName { options += ["--server-name", name] }
    return try await PeerSendOptions.parse(options).send(
      from: mail.sender, to: [mail.recipient], over: network(),
      in: URL(filePath: appliance.directory))
  }

  func deliver(from sender: String, to recipient: String) async throws -> [String] {
    var tail = try LogTail(in: appliance.logFolder, name: "mail")
    try Spool(folder: "\(appliance.directory)/spool").write(
      InjectedMessage(
        sender: sender, recipients: [recipient],
        text: Array("From: \(sender)\nTo: \(recipient)\nSubject: A check\n\nA check.\n".utf8)))
    guard let reply = await service.ask(.inject), let number = reply.messages?.last else {
      throw CouldNotRun("The engine does not take the message.")
    }
    // A host that is taken for dead is tried all the same.
    let domain = recipient.split(separator: "@").last.map(String.init)
    _ = await service.ask(.deliverNow(domain))
    var lines: [String] = []
    let message = "MID \(number) "
    let ends = ["Message done DCID", "Delayed: DCID", "Bounced: DCID"]
    _ = try await tail.waitForLine(timeout: Self.patience) { line in
      lines.append(line)
      return "\(line) ".contains(message) && ends.contains { line.contains($0) }
    }
    let connections = Set(
      lines.filter { "\($0) ".contains(message) }.compactMap(Self.connection(of:)))
    return lines.filter { line in
      "\(line) ".contains(message)
        || Self.connection(of: line).map(connections.contains) ?? false
    }
  }

  func logLines() async throws -> [String] {
    var tail = try LogTail(in: appliance.logFolder, name: "mail", from: .oldest)
    var lines: [String] = []
    while true {
      let more = try tail.lines()
      if more.isEmpty { return lines }
      lines += more
    }
  }

  func alerts() async throws -> [String] {
    guard let alerts = await service.ask(.alerts)?.alerts else {
      throw CouldNotRun("The engine does not tell its alerts.")
    }
    return alerts.map(\.text)
  }

  func files() async throws -> [String] { appliance.files.names }

  func backups() async throws -> [(file: String, fault: String?)] {
    appliance.files.names.filter { $0.hasSuffix(".xml") }.map { name in
      do {
        _ = try SavedConfiguration.load(try appliance.files.read(name), for: appliance.release)
        return (name, nil)
      } catch {
        return (name, "\(error)")
      }
    }
  }

  private func network() async throws -> PeerNetwork {
    try await PeerNetwork(of: appliance, servedAt: await service.addresses())
  }

  /// The number of the connection that a line tells of.
  private static func connection(of line: String) -> Substring? {
    let words = line.split(separator: " ")
    guard let place = words.firstIndex(of: "DCID"), place + 1 < words.count else { return nil }
    return words[place + 1]
  }
}

extension PeerNetwork {
  /// Starts remote servers, each at its host of the zone.
  ///
  /// - Throws: `CouldNotRun` when one cannot run; those that ran are ended.
  func start(_ behaviours: [String: String]) async throws -> [Peer] {
    var peers: [Peer] = []
    do {
      for (name, behaviour) in behaviours.sorted(by: { $0.key < $1.key }) {
        let host = try host(name)
        peers.append(
          try await lab.start(host.name, .known(behaviour), at: host.address, port: host.port))
      }
      return peers
    } catch {
      for peer in peers { await peer.stop() }
      throw CouldNotRun("\(error)")
    }
  }
}
