import Addresses
import ArgumentParser
import Configuration
import Foundation
import PKI
import Peers

/// How a test message is sent: the options of `esash peer send` and of `%mail`.
struct PeerSendOptions: ParsableArguments {
  @Option(name: .long, help: "The address it comes from (default: a stranger's).")
  var fromIp: String?
  @Option(name: .long, help: "What the sender calls itself (default: the address's name).")
  var helo: String?
  @Option(
    name: .long,
    help:
      "What it demands of TLS: none, opportunistic, required or verify (default: opportunistic).",
    transform: Self.demand)
  var tls = SenderTLS.Demand.opportunistic
  @Option(name: .customLong("protocol"), help: "The only TLS version: 1.0, 1.1, 1.2 or 1.3.")
  var version: String?
  @Option(name: .long, help: "An OpenSSL cipher list for TLS up to 1.2.") var ciphers: String?
  @Option(name: .long, help: "PEM: certificate, chain and key to show; 'lab' has one issued.")
  var clientCert: String?
  @Option(name: .long, help: "PEM: whom 'verify' trusts (default: the lab's root).")
  var ca: String?
  @Option(name: .long, help: "The name that 'verify' wants (default: the recipient's MX host).")
  var serverName: String?
  @Option(name: .long, help: "The message's subject.") var subject = "A test message"
  @Option(name: .long, help: "The message's text.") var body = "This is a test message."
  @Option(name: .long, help: "The listener to send to.") var listener = "IncomingMail"
  @Option(name: .long, help: "A server to send to in place of a listener: HOST[:PORT].")
  var toAddress: String?

  /// Sends a message and returns when its connection has ended.
  ///
  /// - Parameters:
  ///   - sender: without brackets; empty for a bounce.
  ///   - recipients: without brackets.
  ///   - folder: from which paths are meant.
  /// - Throws: `CouldNotRun` when an option makes no sense.
  func send(from sender: String, to recipients: [String], over network: PeerNetwork, in folder: URL)
    async throws -> PeerSender.Delivery
  {
    try await orCouldNotRun {
      let source = try source(network)
      let name = helo ?? source.map { network.name(of: $0) ?? "[\($0)]" } ?? "localhost"
      let target = try toAddress.map { try network.host($0) }
      let place = try target.map { ($0.address, $0.port) } ?? network.listener(listener)
      let lab = network.lab
      let message = SentMessage(
        sender: sender, recipients: recipients, subject: subject, body: body, host: name,
        at: lab.calendar())
      return try await PeerSender(
        source: source, helo: name,
        tls: demands(name, recipients.first ?? "", network, folder)
      ).send(message, to: place.0, port: place.1, over: lab.dialer, at: lab.calendar())
    }
  }

  private static func demand(_ text: String) throws -> SenderTLS.Demand {
    guard let demand = SenderTLS.Demand(rawValue: text) else {
      let names = SenderTLS.Demand.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("There is no demand \"\(text)\"; there are \(names).")
    }
    return demand
  }

  private func source(_ network: PeerNetwork) throws -> IPv4Address? {
    guard let fromIp else { return network.stranger }
    guard let address = IPv4Address(fromIp) else {
      throw CouldNotRun("\"\(fromIp)\" is not an IPv4 address.")
    }
    return address
  }

  private func demands(
    _ name: String, _ recipient: String, _ network: PeerNetwork, _ folder: URL
  ) async throws -> SenderTLS {
    var demands = SenderTLS(demand: tls, ciphers: ciphers)
    if let version { try demands.limit(toVersion: version) }
    switch clientCert {
    case nil: break
    case "lab":
      // No authority of the lab speaks for an address.
      let isNamed = (try? HostName(name)) != nil
      try await demands.show(
        certificateFor: isNamed ? name : "stranger.example", in: network.lab)
    case let file?: try demands.show(pem: text(of: file, in: folder))
    }
    demands.serverName = serverName
    guard tls == .verify else { return demands }
    demands.serverName = serverName ?? network.exchanger(for: recipient)
    if let ca {
      demands.authorities = try PEMContainer.certificates(in: text(of: ca, in: folder))
    } else {
      let authority = try await network.lab.authority.open(at: network.lab.calendar())
      demands.authorities = [authority.root.certificate]
    }
    return demands
  }

  private func text(of file: String, in folder: URL) throws -> String {
    do {
      return try String(contentsOf: URL(filePath: file, relativeTo: folder), encoding: .utf8)
    } catch {
      throw CouldNotRun("\(file) cannot be read.")
    }
  }
}
