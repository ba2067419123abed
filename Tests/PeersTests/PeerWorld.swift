import Addresses
import Foundation
import Peers
import Resolver
import TestSupport

/// A lab without an appliance: a slot of the loopback network, a folder, and event loops.
final class PeerWorld: Sendable {
  let directory: TemporaryDirectory
  let network: LabNetwork
  let lab: PeerLab
  /// Where all peers of the tests live.
  let address = IPv4Address(bits: 0x0A00_0001)
  static let host = "mx1.partner.example"
  private let slot: LabSlot

  init() throws {
    directory = try TemporaryDirectory()
    slot = try LabSlot.claim()
    network = LabNetwork(slot: slot.number)
    lab = PeerLab(folder: directory.path, map: .lab(network))
  }

  /// Runs a peer for as long as the body does.
  func withPeer<Value>(_ behaviour: Behaviour, _ body: (Peer) async throws -> Value)
    async throws -> Value
  {
    let peer = try await lab.start(Self.host, behaviour, at: address)
    do {
      let result = try await body(peer)
      await peer.stop()
      return result
    } catch {
      await peer.stop()
      throw error
    }
  }

  /// Runs the peer of a name for as long as the body does.
  func withPeer<Value>(_ name: String, _ body: (Peer) async throws -> Value) async throws
    -> Value
  { try await withPeer(behaviour(name), body) }
}

/// The behaviour of a name.
func behaviour(_ name: String) throws -> Behaviour {
  guard let behaviour = Behaviour.named(name) else {
    throw PeerError("There is no behaviour \(name).")
  }
  return behaviour
}
