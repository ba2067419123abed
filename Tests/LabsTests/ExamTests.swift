import Foundation
import TestSupport
import Testing

@testable import Labs

/// Nothing tells which outage an exam is before it is passed.
struct ExamTests {
  private let directory: TemporaryDirectory
  private let catalogue: Catalogue

  init() throws {
    directory = try TemporaryDirectory()
    let folder = URL(filePath: directory.path("labs/telltale"))
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try """
    title: {en: A telltale title, ja: 題}
    guide: [G1]
    minutes: 5
    outage: true
    complaint: {en: c, ja: 苦}
    checks:
      - {name: {en: a telltale name, ja: 一}, pass: {en: telltale, ja: b}, fail: {en: telltale, ja: b}, file: x}
      - {name: {en: a telltale name, ja: 二}, pass: {en: telltale, ja: b}, fail: {en: telltale, ja: b}, file: y}
    hints: [{en: telltale, ja: b}]
    explain: {en: telltale, ja: b}

    """.write(to: folder.appending(path: "lab.yaml"), atomically: true, encoding: .utf8)
    catalogue = try Catalogue(folder: URL(filePath: directory.path("labs")))
  }

  private var learner: URL { URL(filePath: directory.path("ann")) }

  private func exam(_ name: String, _ passed: [Bool]?) throws -> LabProgress {
    var progress = LabProgress(
      lab: catalogue.labs[0], at: Date(timeIntervalSince1970: 7), isExam: true)
    if let passed {
      progress.note(
        passed.map { .init(isPassed: $0, observed: "") }, at: Date(timeIntervalSince1970: 8))
    }
    let own = learner.appending(path: name)
    try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
    try progress.write(in: own)
    return progress
  }

  @Test func examsAreCounted() throws {
    #expect(Exams(in: learner).nextName == "exam-1")
    _ = try exam("exam-2", nil)
    _ = try exam("exam-10", [true, true])
    #expect(Exams(in: learner).nextName == "exam-11")
    #expect(try Exams(in: learner).begun().map(\.name) == ["exam-2", "exam-10"])
    for name in ["exam-11", "exam-\(Int.max)", "exam-012", "exam--3"] {
      try FileManager.default.createDirectory(
        at: learner.appending(path: name), withIntermediateDirectories: true)
    }
    #expect(Exams(in: learner).nextName == "exam-12")
    #expect(try Exams(in: learner).begun().count == 2)
  }

  @Test func aLookTellsOnlyWhatWasSeen() throws {
    let results: [LabCheck.Result] = [
      .init(isPassed: true, observed: "telltale"),
      .init(isPassed: false, observed: "no certificate"),
    ]
    let secret = CheckedLab(
      catalogue.labs[0], called: "exam-1", results, .english, isSecret: true)
    #expect(secret.text() == "✔ 1\n✘ 2\n  no certificate\n")
    #expect(try !secret.json.contains("telltale"))
    let told = CheckedLab(catalogue.labs[0], called: "exam-1", results, .english, isSecret: false)
    #expect(told.text().contains("✘ a telltale name\n  telltale"))
  }

  @Test func aReportTellsOnlyWhetherItIsPassed() throws {
    #expect(try exam("exam-1", [true, false]).isSecret)
    #expect(try exam("exam-2", nil).isSecret)
    #expect(try !exam("exam-3", [true, true]).isSecret)
    let report = ClassReport([learner], catalogue, .english)
    #expect(
      report.text == """
        exam-1
          ann  ✘
          1. Passed
        exam-2
          ann  ·
          1. Passed
        exam-3
          ann  ✔
          1. Passed

        """)
    #expect(!report.html.contains("telltale"))
    // The third one is passed: it may be named.
    #expect(try report.json.components(separatedBy: "telltale").count == 2)
  }
}
