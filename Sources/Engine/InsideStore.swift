import Addresses
import Foundation
import NIOCore
import Peers
import Resolver

/// The mail store behind the appliance in the lab, where the factory's SMTP route of example.com
/// leads: it takes all mail in clear and keeps it in `network/mailbox`.
actor InsideStore {
  private let lab: PeerLab
  private var peer: Peer?
  private var retrying: Task<Void, Never>?
  /// Why it does not listen, as a sentence; nil when it does.
  private(set) var trouble: String?

  /// Makes a store that does not listen yet.
  ///
  /// - Parameters:
  ///   - folder: the appliance's `network` folder.
  ///   - map: where addresses really are.
  ///   - group: the loops on which connections live.
  ///   - calendar: the appliance's time.
  init(
    folder: String, map: AddressMap, group: any EventLoopGroup,
    calendar: @escaping @Sendable () -> Date
  ) {
    lab = PeerLab(folder: folder, map: map, group: group, calendar: calendar)
  }

  /// Opens its socket; one that cannot be opened is tried again each second.
  func start() async {
    do {
      peer = try await lab.startInsideStore(
        "store.example.com", at: IPv4Address(bits: 0xC0A8_0132))
      trouble = nil
    } catch {
      trouble = "The inside store does not take mail. \(error)"
      retrying = Task {
        try? await Task.sleep(for: .seconds(1))
        if !Task.isCancelled { await start() }
      }
    }
  }

  /// Closes its socket and its connections.
  func stop() async {
    // The last try, which may begin another, is over before anything is closed.
    while let task = retrying {
      retrying = nil
      task.cancel()
      await task.value
    }
    await peer?.stop()
    peer = nil
  }
}
