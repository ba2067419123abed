import Peers
import TestSupport
import Testing

/// Sessions under random input.
@Suite struct AnyInputTests {
  private static let words = [
    "EHLO a", "HELO a", "STARTTLS", "MAIL FROM:<a@b>", "MAIL FROM:", "RCPT TO:<c@d>", "RCPT",
    "DATA", ".", "..", ".x", "RSET", "NOOP", "QUIT", "", " ", "\u{0}", "\u{FF}\u{80}", "x", ":",
  ]

  /// A session's steps when the input comes in pieces of the given size.
  private func steps(_ behaviour: Behaviour, _ input: [UInt8], pieces size: Int)
    -> [PeerSession.Step]
  {
    var session = PeerSession(
      behaviour: behaviour, hostName: "mx.example", client: "10.0.0.9", greylist: Greylist())
    var steps: [PeerSession.Step] = []
    func drain() {
      while let step = session.next() {
        steps.append(step)
        switch step {
        case .store: session.stored(as: "1.eml")
        case .startTLS: session.tlsEstablished()
        default: break
        }
      }
    }
    drain()
    for start in stride(from: 0, to: input.count, by: size) {
      session.receive(input[start..<min(start + size, input.count)])
      drain()
    }
    return steps
  }

  @Test("How the input is cut makes no difference", arguments: Behaviour.all.map(\.name))
  func cuts(_ name: String) throws {
    let behaviour = try behaviour(name)
    for seed in UInt64(1)...40 {
      var generator = SeededGenerator(seed: seed)
      let lines = (0..<Int.random(in: 1...40, using: &generator)).map { _ in
        Self.words.randomElement(using: &generator) ?? ""
      }
      // Behind STARTTLS clear bytes are thrown away up to the reply, so a cut would show.
      let input = Array(
        lines.filter { $0 != "STARTTLS" || behaviour.startTLS == .missing }
          .map { $0 + (Bool.random(using: &generator) ? "\r\n" : "\n") }.joined().utf8)
      let whole = steps(behaviour, input, pieces: input.count)
      #expect(steps(behaviour, input, pieces: 1) == whole, "seed \(seed)")
      #expect(steps(behaviour, input, pieces: 7) == whole, "seed \(seed)")
    }
  }

  @Test("Nothing is kept without an envelope", arguments: Behaviour.all.map(\.name))
  func envelopes(_ name: String) throws {
    let behaviour = try behaviour(name)
    for seed in UInt64(1)...200 {
      var generator = SeededGenerator(seed: seed)
      let lines = (0..<60).map { _ in Self.words.randomElement(using: &generator) ?? "" }
      let input = Array(lines.joined(separator: "\r\n").utf8)
      let steps = steps(behaviour, input, pieces: Int.random(in: 1...50, using: &generator))
      for step in steps {
        guard case .store(let message) = step else { continue }
        #expect(message.sender == "<a@b>" && !message.recipients.isEmpty)
      }
      let ends = steps.filter { [.end, .reset].contains($0) }
      #expect(ends.isEmpty || (ends.count == 1 && ends.last == steps.last), "seed \(seed)")
    }
  }
}
