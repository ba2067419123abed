import ArgumentParser
import ConfigurationStore
import Control
import Engine
import Foundation
import LineEditor
import PKI
import Peers
import Resolver

/// `esash peer`: the mail servers around an appliance.
struct PeerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "peer", abstract: "Run a remote server that misbehaves, or send from one.",
    subcommands: [List.self, Run.self, Send.self])

  /// `esash peer list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "Print the behaviours.")

    func run() {
      let width = Behaviour.all.map(\.name.count).max() ?? 0
      for behaviour in Behaviour.all {
        let name = behaviour.name.padding(toLength: width, withPad: " ", startingAt: 0)
        print("\(name)  \(behaviour.summary)")
      }
    }
  }

  /// `esash peer run`.
  struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "run", abstract: "Run a remote server until SIGTERM or SIGINT.",
      discussion: """
        What it receives goes into network/mailbox/NAME of the appliance. An address 127.x.y.z \
        stands for itself.
        """)

    @OptionGroup var place: ApplianceOption
    @Option(name: .long, help: "Where it is: a host of the zone or an address, and a port.")
    var at = "mx1.partner.example"
    @Option(name: .long, help: "Its name (default: the host's).") var name: String?
    @Flag(name: .long, help: "Show an RSA key of 2048 bits in place of ECDSA P-256.") var rsa =
      false
    @Argument(help: "How it behaves; see `esash peer list`.") var behaviour: String

    func run() async throws {
      let behaviour = try Behaviour.known(behaviour)
      let network = try await place.network()
      let host = try network.host(at, usualPort: behaviour.usualPort)
      let ended = AsyncStream<Void>.makeStream()
      let signals = SignalPipe()
      signals?.observe { if $0 != .windowChange { ended.continuation.finish() } }
      signals?.activate()
      try await orCouldNotRun {
        let peer = try await network.lab.start(
          name ?? host.name, behaviour, at: host.address, port: host.port,
          algorithm: rsa ? .rsa(bits: 2048) : .p256)
        note(
          """
          \(peer.name) (\(behaviour.name)) listens at \(peer.endpoint), which is \(host.address) \
          port \(host.port). Its root is \(network.lab.authority.rootFile), its TLSA record \
          \(network.lab.recordFile(of: peer.name)).
          """)
        for await _ in ended.stream {}
        await peer.stop()
      }
    }
  }

  /// `esash peer send`.
  struct Send: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "send",
      abstract: "Send a test message into an appliance and print the conversation.",
      discussion: "Status: 0 it was taken, 1 it was not, 2 it could not be tried.")

    @OptionGroup var place: ApplianceOption
    @Option(name: .long, help: "The envelope's sender; empty for a bounce.") var from: String
    @Option(name: .long, help: "A recipient; may be given more than once.") var to: [String]
    @OptionGroup var options: PeerSendOptions

    func run() async throws {
      let delivery = try await options.send(
        from: from, to: to, over: place.network(),
        in: URL(filePath: FileManager.default.currentDirectoryPath))
      for line in delivery.conversation { print(line) }
      if !delivery.isAccepted { throw ExitCode(1) }
    }
  }
}

extension ApplianceOption {
  /// The lab around the appliance.
  fileprivate func network() async throws -> PeerNetwork {
    let appliance = try await open()
    let client = EngineClient(directory: appliance.directory)
    return try await PeerNetwork(
      of: appliance, servedAt: await client.ask(.status)?.addresses)
  }
}

extension Behaviour {
  /// The behaviour of a name.
  ///
  /// - Throws: `CouldNotRun` when there is none.
  static func known(_ name: String) throws -> Behaviour {
    guard let behaviour = named(name) else {
      throw CouldNotRun("There is no behaviour \"\(name)\"; `esash peer list` prints all.")
    }
    return behaviour
  }
}

extension PeerSender.Delivery {
  /// Whether the server has taken the message for all recipients.
  var isAccepted: Bool {
    if case .accepted = outcome { true } else { false }
  }
}
