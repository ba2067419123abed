import Foundation
import TestSupport
import Testing

@testable import Labs

/// What a learner did is kept, and a class is seen at a glance.
struct ReportTests {
  private let directory: TemporaryDirectory
  private let catalogue: Catalogue

  init() throws {
    directory = try TemporaryDirectory()
    let yaml = """
      title: {en: A, ja: あ}
      guide: [G1]
      minutes: 5
      checks:
        - {name: {en: first <one>, ja: 一}, pass: {en: a, ja: b}, fail: {en: a, ja: b}, file: x}
        - {name: {en: second, ja: 二}, pass: {en: a, ja: b}, fail: {en: a, ja: b}, file: y}
      hints: [{en: a, ja: b}]
      explain: {en: a, ja: b}

      """
    let labs = URL(filePath: directory.path("labs"))
    for name in ["one", "two"] {
      let folder = labs.appending(path: name)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try yaml.write(to: folder.appending(path: "lab.yaml"), atomically: true, encoding: .utf8)
    }
    catalogue = try Catalogue(folder: labs)
  }

  /// A learner's folder, with a result for each check of the first lab.
  private func learner(_ name: String, _ passed: [Bool]?) throws -> URL {
    let folder = URL(filePath: directory.path(name))
    guard let passed else { return folder }
    let own = folder.appending(path: "one")
    try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
    var progress = LabProgress(
      lab: catalogue.labs[0], at: Date(timeIntervalSince1970: 1_795_543_212))
    progress.note(
      passed.map { LabCheck.Result(isPassed: $0, observed: "") },
      at: Date(timeIntervalSince1970: 1_795_543_300))
    try progress.write(in: own)
    return folder
  }

  @Test func progressIsKept() throws {
    let folder = try learner("ann", [true, false]).appending(path: "one")
    var progress = try #require(try LabProgress.read(in: folder))
    #expect(progress.passed == [0] && progress.solved == nil)
    #expect(ProgressBar(of: progress).text == "██████████░░░░░░░░░░ 1/2")
    let passed = [LabCheck.Result](repeating: .init(isPassed: true, observed: ""), count: 2)
    progress.note(passed, at: Date(timeIntervalSince1970: 7))
    progress.note(passed, at: Date(timeIntervalSince1970: 9))
    #expect(progress.solved == Date(timeIntervalSince1970: 7))
    #expect(try LabProgress.read(in: URL(filePath: directory.path)) == nil)
    try Data("{".utf8).write(to: folder.appending(path: "progress.json"))
    #expect(throws: LabError.self) { try LabProgress.read(in: folder) }
  }

  @Test func aClassHasARowEach() throws {
    let report = try ClassReport(
      [learner("ann", [true, false]), learner("bob<b>", [true, true]), learner("慧", nil)],
      catalogue, .english)
    #expect(
      report.text == """
        one
          ann     ✔ ✘
          bob<b>  ✔ ✔
          慧      · ·
          1. first <one>
          2. second

        """)
    let html = report.html
    #expect(html.contains("<th scope=\"col\"><span>bob&lt;b&gt;</span></th>"))
    #expect(html.contains("<th scope=\"row\">first &lt;one&gt;</th>"))
    #expect(!html.contains("<b>") && !html.contains("http:"))
    #expect(html.components(separatedBy: "class=\"pill bad\"").count == 2)
    #expect(html.components(separatedBy: "class=\"faint\">·").count == 3)
    let json = try JSONSerialization.jsonObject(with: Data(try report.json.utf8))
    #expect((json as? [[String: Any]])?.count == 3)
  }

  @Test func whatWasNeverCheckedHasNotFailed() throws {
    let folder = URL(filePath: directory.path("ann"))
    let own = folder.appending(path: "one")
    try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
    var progress = LabProgress(lab: catalogue.labs[0], at: Date(timeIntervalSince1970: 7))
    #expect(progress.hasPassed(0) == nil)
    try progress.write(in: own)
    #expect(ClassReport([folder], catalogue, .english).text.hasPrefix("one\n  ann  · ·\n"))
    progress.note(
      [false, true].map { .init(isPassed: $0, observed: "") }, at: Date(timeIntervalSince1970: 8))
    #expect(progress.hasPassed(0) == false && progress.hasPassed(1) == true)
    try progress.write(in: own)
    #expect(ClassReport([folder], catalogue, .english).text.hasPrefix("one\n  ann  ✘ ✔\n"))
  }
}
