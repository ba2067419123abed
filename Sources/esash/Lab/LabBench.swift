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
  let appliance: Appliance
  let service: EngineService
  private var peers: [Peer] = []

  /// How long a message that is to be delivered may take until it is known what became of it.
  private static let patience = Duration.seconds(20)
  /// How far the log may be behind the queue, where there may be no line at all.
  private static let logDelay = Duration.seconds(2)

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
    let domain = mailDomain(of: recipient)
    _ = await service.ask(.deliverNow(domain))
    var lines: [String] = []
    let message = "MID \(number) "
    let isDelayed = try await isDelayed(number, to: domain)
    let patience = isDelayed ? Self.logDelay : Self.patience
    _ = try await tail.waitForLine(timeout: patience) { line in
      lines.append(line)
      return isDelayed
        ? line.hasSuffix(" close") || line.contains("Connection Error")
        : ["Message done DCID", "Bounced: DCID"].contains { line.contains("\($0) ") }
          && "\(line) ".contains(message)
    }
    let own = lines.filter { "\($0) ".contains(message) }
    let connections = Set(own.compactMap(Self.connection(of:)))
    // A message that no host would hear of has no lines; then it is the connections that tell.
    guard !connections.isEmpty else { return own + lines.filter { !own.contains($0) } }
    return lines.filter { line in
      own.contains(line) || Self.connection(of: line).map(connections.contains) ?? false
    }
  }

  /// Waits until a message has been tried: whether it waits for another attempt.
  private func isDelayed(_ message: Int, to domain: String) async throws -> Bool {
    let deadline = ContinuousClock.now + Self.patience
    while ContinuousClock.now < deadline {
      let entries = await service.ask(.recipients(domain: domain))?.recipients
      guard let entry = entries?.first(where: { $0.message == message }) else { return false }
      if entry.attempts > 0 { return true }
      try await Task.sleep(for: .milliseconds(20))
    }
    return true
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
        let behaviour = try Behaviour.known(behaviour)
        let host = try host(name, usualPort: behaviour.usualPort)
        peers.append(
          try await lab.start(host.name, behaviour, at: host.address, port: host.port))
      }
      return peers
    } catch {
      for peer in peers { await peer.stop() }
      throw CouldNotRun(error)
    }
  }
}
