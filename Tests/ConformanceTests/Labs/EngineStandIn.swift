import ConfigurationStore
import Control
import Foundation
import NIOPosix
import Peers
import TestSupport

@testable import Engine
@testable import esash

/// Holds the place of an appliance's engine and answers for it, while a server that was never
/// configured stands at a listener's address.
struct EngineStandIn {
  private let engine: Engine
  private let socket: ControlSocket
  private let server: Peer

  /// Takes an engine's lock, slot and control socket, and opens the server.
  ///
  /// - Parameters:
  ///   - appliance: whose engine it stands in for.
  ///   - listener: whose address the server takes.
  ///   - behaviour: the server's, as `esash peer list` names it.
  init(of appliance: Appliance, at listener: String, _ behaviour: String) async throws {
    guard let engine = try await Engine.claim(appliance) else {
      throw CouldNotRun("Another process is the engine.")
    }
    self.engine = engine
    let addresses = try await engine.plannedAddresses()
    socket = try await ControlSocket.open(
      in: appliance.directory, group: MultiThreadedEventLoopGroup.singleton
    ) { request in
      guard request.request == "status" else { return .refused("Nothing else is served.") }
      return .done {
        $0.addresses = addresses
      }
    }
    let network = try await PeerNetwork(of: appliance, servedAt: addresses)
    let place = try network.listener(listener)
    server = try await network.lab.start(
      "mail.example.com", .known(behaviour), at: place.address, port: place.port)
  }

  /// Closes what was opened.
  func stop() async {
    await server.stop()
    await socket.close()
    await engine.shutDown()
  }
}
