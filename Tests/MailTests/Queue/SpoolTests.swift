import Foundation
import GRDB
import TestSupport
import Testing

@testable import Mail

@Suite struct SpoolTests {
  let world: QueueWorld
  let queue: MessageQueue

  init() throws {
    world = try QueueWorld()
    queue = try world.open()
  }

  private func message(_ sender: String) -> InjectedMessage {
    InjectedMessage(
      sender: sender, recipients: ["user@example.com", "b@example.org"],
      text: Array("Subject: x\n\nbody\r\nlast".utf8))
  }

  @Test func messagesAreTakenInInTheirOrderAndTheirFilesGo() async throws {
    for number in 0..<5 {
      try world.spool.write(
        message("\(number)@x.example"), date: .tuesday.addingTimeInterval(Double(number)))
    }
    let intake = try await queue.takeIn(world.spool)
    #expect(intake.taken.map(\.number) == [1, 2, 3, 4, 5])
    #expect(intake.troubles == [])
    #expect(
      try await queue.envelopes
        == (0..<5).map { "\($0)@x.example > user@example.com, b@example.org" })
    #expect(
      try await queue.content(of: MessageID(number: 1))
        == Array("Subject: x\r\n\r\nbody\r\nlast\r\n".utf8))
    #expect(world.spool.names == [])
    #expect(try await queue.takeIn(world.spool) == SpoolIntake())
  }

  @Test func manyIntakesAtOnceTakeEachMessageOnce() async throws {
    for number in 0..<20 { try world.spool.write(message("\(number)@x.example")) }
    let intakes = try await withThrowingTaskGroup(of: SpoolIntake.self) { group in
      for _ in 0..<10 { group.addTask { try await queue.takeIn(world.spool) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(intakes.flatMap(\.taken).count == 20)
    #expect(intakes.flatMap(\.troubles).isEmpty)
    #expect(Set(try await queue.envelopes).count == 20)
    #expect(world.spool.names == [])
  }

  @Test func itIsItsOwnersAloneAndAFileIsWholeOrNotThere() throws {
    let name = try world.spool.write(message("a@x.example"))
    #expect(world.directory.mode("spool") == 0o700)
    #expect(world.directory.mode("spool/\(name)") == 0o600)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: world.spool.folder) == [name])
    #expect(try world.spool.read(name) == message("a@x.example"))
  }

  @Test func aMessageWhoseFileOutlivedItsIntakeIsNotTakenTwice() async throws {
    let name = try world.spool.write(message("a@x.example"))
    let file = try world.directory.read("spool/\(name)")
    _ = try await queue.takeIn(world.spool)
    // As if it had been killed when the message was in the queue and its file still there.
    try world.directory.write(file, to: "spool/\(name)")
    try await queue.write { try $0.run("INSERT INTO spooled VALUES (?)", [name]) }
    try world.spool.write(message("b@x.example"))
    let intake = try await queue.takeIn(world.spool)
    #expect(intake.taken.count == 1)
    #expect(
      try await queue.envelopes.map { $0.prefix { $0 != " " } } == ["a@x.example", "b@x.example"])
    #expect(world.spool.names == [])
  }

  @Test(
    "what is no message is named and left alone",
    arguments: ["", "{}", "{}\n", "{\"sender\":\"\",\"recipients\":[]}\nx", "rubbish\n\n"])
  func rubbish(text: String) async throws {
    try world.spool.write(message("a@x.example"))
    try world.directory.write(Array(text.utf8), to: "spool/rubbish")
    let intake = try await queue.takeIn(world.spool)
    #expect(intake.taken.count == 1)
    #expect(
      intake.troubles == ["The file \(world.spool.folder)/rubbish is not a message."])
    #expect(world.spool.names == ["rubbish"])
  }

  @Test func whatIsBeingWrittenIsNotTakenIn() async throws {
    let name = try world.spool.write(message("a@x.example"))
    try FileManager.default.moveItem(
      atPath: "\(world.spool.folder)/\(name)", toPath: "\(world.spool.folder)/.\(name)")
    #expect(try await queue.takeIn(world.spool) == SpoolIntake())
  }

  @Test func withoutNumbersMessagesStayInTheSpool() async throws {
    try world.spool.write(message("a@x.example"))
    world.setHasNumbers(false)
    await #expect(throws: QueueError.self) { try await queue.takeIn(world.spool) }
    #expect(world.spool.names.count == 1)
    world.setHasNumbers(true)
    #expect(try await queue.takeIn(world.spool).taken.count == 1)
  }

  @Test func aFolderThatCannotBeMadeIsNamed() {
    let spool = Spool(folder: "/proc/nothing/spool")
    #expect {
      try spool.write(message("a@x.example"))
    } throws: {
      "\($0)".hasPrefix("The folder /proc/nothing/spool cannot be written:")
    }
  }
}
