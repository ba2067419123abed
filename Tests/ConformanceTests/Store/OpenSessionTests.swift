import Foundation
import TestSupport
import Testing

/// What happens to an appliance while a session is open on it.
@Suite struct OpenSessionTests {
  private let directory: TemporaryDirectory
  private let appliance: String

  init() throws {
    directory = try TemporaryDirectory()
    appliance = directory.path("appliance")
  }

  private func session(_ input: String? = nil, _ options: String...) throws -> EsashProcess {
    try EsashProcess(["run", "--appliance", appliance] + options + ["-"], input: input)
  }

  @Test(arguments: [["reset"], ["upgrade", "11.0"]])
  func anApplianceOnWhichSomebodyWorksStays(_ command: [String]) async throws {
    let session = try session()
    try session.type("sethostname mx.example.com")
    try await session.waitFor("mail.example.com> \nmail.example.com> ")
    let refused = try EsashProcess(["appliance"] + command + [appliance], input: "")
    #expect(try await refused.wait() == 2)
    #expect(
      refused.errors == "esash: A session of admin is open on \(appliance); end it first.\n")

    try session.type("commit mine")
    try await session.waitFor("Changes committed")
    try session.type("exit")
    #expect(try await session.wait() == 0)
    let history = try self.session("commitdetail\n")
    #expect(try await history.wait() == 0)
    #expect(history.output.contains("mine"))
    let done = try EsashProcess(["appliance"] + command + [appliance], input: "")
    #expect(try await done.wait() == 0, "\(done.errors)")
  }

  @Test func ofMessagesInTheSpoolOnlyOnesOwnCounts() async throws {
    #expect(try await session("exit\n").wait() == 0)
    let spool = "\(appliance)/spool"
    try FileManager.default.createDirectory(atPath: spool, withIntermediateDirectories: false)
    try Data("junk".utf8).write(to: URL(filePath: "\(spool)/note.txt"))
    let sender = try session("mailconfig\njoe@example.com\n1\n", "--engine")
    #expect(try await sender.wait() == 0)
    #expect(
      sender.output.contains("The configuration file has been sent to joe@example.com."))
    #expect(!sender.output.contains("is not a message"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: spool) == ["note.txt"])
  }

  @Test func aSessionCanBeLeftWhenNothingCanBeRead() async throws {
    let session = try session()
    try session.type("whoami")
    try await session.waitFor("mail.example.com> \n")
    try await session.waitFor("mail.example.com> ")
    // As a newer program would commit it.
    let damage = try await OutsideProgram.run(
      [
        "sqlite3", "\(appliance)/esash.sqlite",
        """
        INSERT INTO version SELECT number + 1, utc, user, comment, rollback FROM version;
        INSERT INTO object VALUES ('machine', 'future', '', 2, '{}');
        """,
      ], with: [:])
    #expect(damage.status == 0, "\(damage)")
    try session.type("exit")
    try await session.waitFor("unknown kind")
    try await eventually("its end") { !session.isRunning }
  }
}
