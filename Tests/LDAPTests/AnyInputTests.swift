import TestSupport
import Testing

@testable import LDAP

/// Answers that were cut short, or whose bytes were changed: the session waits, answers or refuses,
/// and keeps no more than it may.
@Suite struct AnyInputTests {
  private static let whole =
    SessionTests.message(1, 0x64, SessionTests.entry("cn=a,dc=example,dc=com"))
    + SessionTests.message(1, 0x73, [0x04, 0x03, 0x61, 0x3A, 0x2F])
    + SessionTests.message(1, 0x65, SessionTests.result(0, "done"))

  private enum Outcome: Hashable { case waits, answers, refuses }

  private func outcome(_ bytes: some Sequence<UInt8>) -> Outcome {
    var session = LDAPClientSession()
    _ = session.begin(.search(LDAPSearch(base: "", filter: .anything)))
    session.receive(bytes)
    do {
      return try session.next() == nil ? .waits : .answers
    } catch {
      return .refuses
    }
  }

  @Test func whatIsCutShortIsWaitedFor() {
    for count in 0..<Self.whole.count { #expect(outcome(Self.whole.prefix(count)) == .waits) }
    #expect(outcome(Self.whole) == .answers)
  }

  @Test func eachChangedByteIsBorne() {
    var outcomes: Set<Outcome> = []
    for index in Self.whole.indices {
      for byte in UInt8.min...UInt8.max {
        var bytes = Self.whole
        bytes[index] = byte
        outcomes.insert(outcome(bytes))
      }
    }
    #expect(outcomes == [.waits, .answers, .refuses])
  }

  @Test func randomChangesAreBorne() {
    var generator = SeededGenerator(seed: 4511)
    for _ in 0..<20_000 {
      var bytes = Self.whole
      for _ in 0..<Int.random(in: 1...8, using: &generator) {
        let index = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes[index] = .random(in: .min ... .max, using: &generator)
        case 1: bytes.remove(at: index)
        default: bytes.insert(.random(in: .min ... .max, using: &generator), at: index)
        }
      }
      // Whatever came, a refusal stays one when more comes.
      if outcome(bytes) == .refuses { #expect(outcome(bytes + Self.whole) != .answers) }
    }
  }

  @Test func randomFiltersAreReadOrRefused() throws {
    var generator = SeededGenerator(seed: 4515)
    let alphabet = Array("()&|!=*<>~:\\2aé{}")
    var read = 0
    for _ in 0..<20_000 {
      let count = Int.random(in: 0...12, using: &generator)
      let text =
        "(a=" + String((0..<count).map { _ in alphabet.randomElement(using: &generator) ?? "a" })
        + ")"
      guard let filter = try? SearchFilter(text) else { continue }
      read += 1
      var reader = BERReader(filter.encoded[...])
      _ = try reader.element()
      #expect(reader.isAtEnd)
    }
    #expect(read > 100)
  }
}
