import Peers

extension FuzzTarget {
  /// A client's bytes, taken by a server of the lab that behaves as the first byte chooses.
  ///
  /// However they come, the steps are the same; nothing is kept without an envelope.
  static let peer = FuzzTarget("peer") { bytes in
    var input = FuzzInput(bytes)
    let behaviour = input.choice(of: Behaviour.all)
    let whole = try steps(behaviour, [input.rest])
    let crumbs = try steps(behaviour, input.crumbs)
    // Clear bytes behind STARTTLS are thrown away up to the reply, so that a cut shows.
    if behaviour.startTLS == .missing {
      try require(whole == crumbs, "however bytes come, the steps are the same")
    }
  }

  private static func steps(
    _ behaviour: Behaviour, _ pieces: [ArraySlice<UInt8>]
  ) throws -> [PeerSession.Step] {
    var session = PeerSession(
      behaviour: behaviour, hostName: "mx.example", client: "10.0.0.9", greylist: Greylist())
    var steps: [PeerSession.Step] = []
    for piece in [[]] + pieces {
      session.receive(piece)
      while let step = session.next() {
        try require(
          steps.last != .end && steps.last != .reset, "nothing follows the end", "\(step)")
        steps.append(step)
        switch step {
        case .store(let message):
          try require(
            !message.sender.isEmpty && !message.recipients.isEmpty, "a message has an envelope")
          if message.recipients.count % 2 == 0 {
            session.storingFailed()
          } else {
            session.stored(as: "1.eml")
          }
        case .startTLS: session.tlsEstablished()
        default: break
        }
      }
    }
    return steps
  }
}
