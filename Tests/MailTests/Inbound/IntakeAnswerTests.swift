@testable import Mail
import TestSupport
import Testing

/// What the queue says, and when, decides what the client hears.
@Suite struct IntakeAnswerTests {
  @Test(arguments: [
    (MemoryIntake.Answer.full, "452 #4.3.1 queue full", "Queue full"),
    (.unavailable, "451 #4.3.0 Server Error", "Server error"),
  ])
  func aMessageThatCannotBeStored(
    answer: MemoryIntake.Answer, reply: String, reason: String
  ) async throws {
    try await withListener(ListenerWorld(intake: MemoryIntake(answer))) { world in
      let replies = try await world.talk(ListenerWorld.message() + "NOOP\r\nQUIT\r\n")
      #expect(replies.suffix(3) == [reply, "250 ok", "221 mail.example.com"])
      try await world.waitForCloses()
      #expect(
        try await world.messageLines().suffix(2) == [
          "Message aborted MID 1 \(reason)", "Message finished MID 1 aborted",
        ])
    }
  }

  @Test func theClientHearsNothingBeforeTheMessageIsSafe() async throws {
    try await withListener(ListenerWorld(intake: MemoryIntake(.later))) { world in
      async let replies = world.talk(ListenerWorld.message() + "NOOP\r\nQUIT\r\n")
      try await eventually("the message") { world.intake.messages.count == 1 }
      #expect(try await !world.messageLines().contains("MID 1 queued for delivery"))
      world.intake.release()
      #expect(
        try await replies.suffix(3) == [
          "250 ok:  Message 1 accepted", "250 ok", "221 mail.example.com",
        ])
      #expect(try await world.messageLines().last == "MID 1 queued for delivery")
    }
  }

  /// Whoever is told that his message was not taken, though it was, sends it twice.
  @Test func anEndThatComesWhileAMessageIsStoredWaitsForIt() async throws {
    try await withListener(ListenerWorld(intake: MemoryIntake(.later))) { world in
      async let replies = world.talk(ListenerWorld.message())
      try await eventually("the message") { world.intake.messages.count == 1 }
      async let end: Void = world.server.shutDown()
      try await eventually("the listener to be closed") {
        (try? await world.talk("QUIT\r\n")) == nil
      }
      world.intake.release()
      await end
      #expect(
        try await replies.suffix(2) == [
          "250 ok:  Message 1 accepted",
          "421 mail.example.com Service not available, closing transmission channel",
        ])
    }
  }

  @Test func withoutANumberNoMessageBegins() async throws {
    let world = try await ListenerWorld()
    try await withListener(world) { world in
      world.stopNumbers()
      let replies = try await world.talk("MAIL FROM:<a@b>\r\nRCPT TO:<x@example.com>\r\nQUIT\r\n")
      #expect(
        replies.dropFirst() == [
          "451 #4.3.0 Server Error", "503 #5.5.1 MAIL first", "221 mail.example.com",
        ])
    }
  }
}
