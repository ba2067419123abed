import Foundation
import Labs
import TestSupport
import Testing

/// Labs are made and removed in folders of their own, one at a time; what is not theirs stays.
@Suite(.serialized) struct LabFolderTests {
  private static let name = "forgotten-commit"
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func start(_ arguments: String...) throws -> EsashProcess {
    try EsashProcess(["lab"] + arguments + ["--labs", directory.path], input: "")
  }

  private func run(_ arguments: String...) async throws -> (status: Int32, text: String) {
    let process = try EsashProcess(["lab"] + arguments + ["--labs", directory.path], input: "")
    let status = try await process.wait()
    return (status, process.output + process.errors)
  }

  private func write(_ text: String, _ name: String) throws {
    let file = URL(filePath: directory.path("\(Self.name)/\(name)"))
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  @Test(arguments: ["notes.txt", "src/main.c", "work/thesis.tex"])
  func aFolderThatNoLabHasMadeStays(_ name: String) async throws {
    try write("mine", name)
    let sentence =
      "esash: \(directory.path(Self.name)) holds files that no lab has made; move it, or choose "
      + "another --labs.\n"
    for command in ["start", "reset"] {
      let said = try await run(command, Self.name)
      #expect(said.status == 2 && said.text == sentence, "\(command): \(said)")
      #expect(try directory.text("\(Self.name)/\(name)") == "mine")
    }
  }

  @Test func notesInABegunLabKeepItFromBeingForgotten() async throws {
    #expect(try await run("start", Self.name).status == 0)
    try write("mine", "notes.txt")
    #expect(try await run("reset", Self.name).status == 2)
    #expect(try await run("status", Self.name).status == 0)
    try FileManager.default.removeItem(atPath: directory.path("\(Self.name)/notes.txt"))
    #expect(try await run("reset", Self.name).status == 0)
    #expect(directory.mode(Self.name) == nil)
  }

  @Test func aStartThatWasInterruptedIsMadeAnew() async throws {
    #expect(try await run("start", Self.name).status == 0)
    try FileManager.default.removeItem(atPath: directory.path("\(Self.name)/progress.json"))
    try write("", "work/left.pem")
    try write("", "appliance/configuration/left.xml")
    #expect(try await run("start", Self.name).status == 0)
    #expect(directory.mode("\(Self.name)/progress.json") == 0o600)
    #expect(directory.mode("\(Self.name)/work") == nil)
    #expect(directory.mode("\(Self.name)/appliance/configuration/left.xml") == nil)
  }

  @Test(arguments: [("\"hints\" : 0", "\"hints\" : -1"), ("\"passed\" : [", "\"passed\" : [7")])
  func numbersThatNoLabHasAreDamage(_ number: String, _ other: String) async throws {
    #expect(try await run("start", Self.name).status == 0)
    let text = try directory.text("\(Self.name)/progress.json")
    #expect(text.contains(number))
    try directory.write(
      Array(text.replacing(number, with: other).utf8), to: "\(Self.name)/progress.json")
    for command in ["hint", "status"] {
      let said = try await run(command, Self.name)
      #expect(said.status == 2 && said.text.contains("progress.json is damaged; "), "\(said)")
    }
  }

  @Test func aDamagedFileHindersNoOtherLab() async throws {
    for arguments in [["inject"], ["inject"], ["start", Self.name]] {
      let process = try EsashProcess(["lab"] + arguments + ["--labs", directory.path], input: "")
      #expect(try await process.wait() == 0, "\(process.errors)")
    }
    for name in ["exam-1", Self.name] { try directory.write([], to: "\(name)/progress.json") }
    func sentence(_ name: String) -> String {
      "\(directory.path(name))/progress.json is damaged; `esash lab reset \(name)` forgets it."
    }

    let list = try await run("list")
    #expect(list.status == 0)
    for name in ["exam-1", Self.name] {
      #expect(list.text.contains(try Regex("(?m)^\(name) +\\? +\(sentence(name))$")), "\(list)")
      #expect(try await run("status", name).text == "esash: \(sentence(name))\n")
    }
    #expect(list.text.contains(/exam-2 +0\/\d +An outage, not named/))
    #expect(try await run("status", "exam-2").status == 0)
    #expect(try await run("start", "exam-2").status == 0)
    #expect(try await run("inject").status == 0)

    for name in ["exam-1", Self.name] {
      #expect(try await run("reset", name).status == 0)
      #expect(directory.mode(name) == nil)
    }
    #expect(try await run("status").status == 0)
    #expect(try await run("reset", "exam-1").text.contains("There is no lab \"exam-1\""))
  }

  @Test func twoAtOnceDoNotMeet() async throws {
    let starts = try [start("start", Self.name), start("start", Self.name)]
    for process in starts {
      #expect(try await process.wait() == 0, "\(process.output)\(process.errors)")
    }
    let exams = try [start("inject"), start("inject")]
    for process in exams {
      #expect(try await process.wait() == 0, "\(process.output)\(process.errors)")
    }
    #expect(
      try Exams(in: URL(filePath: directory.path)).begun().map(\.name) == ["exam-1", "exam-2"])
  }
}
