import Foundation
import Labs
import TestSupport
import Testing

/// An exam says what is to be done, and nothing of what is broken, until it is passed.
@Suite(.serialized) struct ExamTests {
  private static let outage = "preferred-broken-handshake"
  private let directory: TemporaryDirectory
  private let lab: Lab

  init() throws {
    directory = try TemporaryDirectory()
    lab = try LabProofTests.catalogue.get()[Self.outage]
  }

  private func run(_ arguments: String...) async throws -> (status: Int32, text: String) {
    let process = try EsashProcess(["lab"] + arguments + ["--labs", directory.path], input: "")
    let status = try await process.wait()
    return (status, process.output + process.errors)
  }

  /// All that would tell an examinee which lab it is.
  private var telltales: [String] {
    let description = lab.description
    let texts =
      [description.title, description.explanation] + description.hints
      + description.checks.flatMap { [$0.name, $0.pass, $0.fail] }
    return [lab.name]
      + Language.allCases.flatMap { language in
        texts.map { $0[language].prefix { $0 != "{" }.trimmingCharacters(in: .whitespaces) }
      }
  }

  private func expectSecret(_ text: String, _ command: String) {
    for telltale in telltales where !telltale.isEmpty {
      #expect(!text.contains(telltale), "\(command): \(text)")
    }
  }

  @Test func nothingNamesTheOutageBeforeItIsMended() async throws {
    let begun = try await run("inject", Self.outage)
    #expect(begun.status == 0 && begun.text.contains("Something is wrong with this appliance."))
    expectSecret(begun.text, "inject")
    // The name was typed here; by chance nobody would have.
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
        == [".labs.lock", "exam-1"])

    #expect(
      try FileManager.default.contentsOfDirectory(atPath: directory.path("exam-1")).sorted()
        == ["appliance", "progress.json"])
    // The list of all labs names each of them, and none as begun.
    let list = try await run("list").text
    #expect(list.contains(/exam-1 +0\/2 +An outage, not named/))
    #expect(list.contains(try Regex("\(Self.outage) +· ")))
    let sayings: [(command: String, status: Int32, sentence: String)] = [
      ("start", 0, "Something is wrong"), ("status", 0, "· 1\n· 2\n"),
      ("hint", 2, "An exam has no hints."), ("explain", 2, "The lab exam-1 is not solved yet."),
      ("solution", 2, "is shown when it is passed"), ("check", 1, "✘ 1\n  "),
      ("status", 0, "✘ 1\n✔ 2\n"),
    ]
    for (command, status, sentence) in sayings {
      let said = try await run(command, "exam-1")
      #expect(said.status == status && said.text.contains(sentence), "\(command): \(said)")
      expectSecret(said.text, command)
    }
    let advanced = try await run("advance", "1d", "exam-1")
    #expect(advanced.status == 2 && advanced.text.contains("The lab exam-1 runs in real time"))
    for arguments in [["check", "--json"], ["report"], ["report", "--json"]] {
      let process = try EsashProcess(["lab"] + arguments + ["--labs", directory.path], input: "")
      try await process.wait()
      #expect(process.output.contains("exam-1"))
      expectSecret(process.output, "\(arguments)")
    }

    // It is mended.
    let mending = try EsashProcess(
      [
        "run", "--appliance", directory.path("exam-1/appliance"), "-c",
        "destconfig new partner.example table_tls=off; commit x",
      ], input: "")
    #expect(try await mending.wait() == 0, "\(mending.output)\(mending.errors)")
    #expect(try await run("check").status == 0)
    let explained = try await run("explain")
    #expect(
      explained.text.contains(lab.name) && explained.text.contains(lab.description.title[.english]))
    #expect(
      try await run("list").text.contains(
        try Regex("exam-1 +2/2 +\(lab.description.title[.english])")))
  }

  @Test func anotherExamIsAnotherOutage() async throws {
    let outages = try LabProofTests.catalogue.get().labs.filter(\.description.isOutage)
    #expect(outages.count >= 10)
    #expect(try await run("inject", "nothing-of-the-kind").status == 2)
    #expect(try await run("inject", "--random").status == 0)
    #expect(try await run("inject").status == 0)
    let exams = try Exams(in: URL(filePath: directory.path)).begun()
    #expect(exams.map(\.name) == ["exam-1", "exam-2"])
    #expect(exams[0].progress.lab != exams[1].progress.lab)
    #expect(try await run("reset", "exam-2").status == 0)
    #expect(try Exams(in: URL(filePath: directory.path)).begun().map(\.name) == ["exam-1"])
  }
}
