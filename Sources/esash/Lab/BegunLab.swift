import ConfigurationStore
import Files
import Foundation
import Labs
import Reports
import Transcripts

/// A lab that a learner has begun, or is about to.
struct BegunLab {
  let lab: Lab
  let folder: URL
  /// The path of `esash`, for the commands of its sessions.
  var program = executablePath

  /// What the learner calls it: the lab's name, or an exam's, which says nothing.
  var name: String { folder.lastPathComponent }

  /// The appliance's directory.
  var appliance: String { LabFolder(url: folder).appliance }

  /// What was done; nil when it was not begun.
  func progress() throws -> LabProgress? {
    try orCouldNotRun { try LabProgress.read(in: folder) }
  }

  /// Writes down what was done.
  func record(_ progress: LabProgress) throws {
    try orCouldNotRun { try progress.write(in: folder) }
  }
}

extension BegunLab {
  /// Makes the appliance as the lab has it at the start, unless it was begun already; for
  /// `LabPlace.alone`.
  ///
  /// - Parameter asExam: what is broken is not told.
  /// - Throws: `CouldNotRun` when the start cannot be made.
  func begin(asExam: Bool = false) async throws {
    guard try progress() == nil else { return }
    // What an earlier start has left that was interrupted.
    try LabFolder(url: folder).remove()
    try orCouldNotRun { try PrivateFile.makeFolder(folder.path) }
    if let start = lab.start {
      do {
        try await play(start)
      } catch {
        // The reason would name the lab.
        throw asExam
          ? CouldNotRun("The outage cannot be made; `esash lab inject` chooses another one.")
          : error
      }
    }
    // What the session's commands left beside the appliance would tell what it did.
    try? FileManager.default.removeItem(at: folder.appendingPathComponent("work"))
    let appliance = try await open()
    try record(
      LabProgress(lab: lab, at: appliance.environment.calendar.now, isExam: asExam))
  }

  /// Plays a session of the lab on its own appliance.
  func play(_ session: URL) async throws {
    var options = Replayer.Options()
    options.allowShell = true
    let (folder, program) = (folder, program)
    let report = await Replayer(options: options) {
      try ReplayBench(keeping: folder, program: program)
    }
    .replay([session.path])
    guard report.exitStatus == 0 else { throw CouldNotRun(report.text) }
  }

  /// The appliance.
  func open() async throws -> Appliance {
    try await orCouldNotRun { try await Appliance(at: appliance) }
  }

  /// What is to be reached; of an exam that is not passed only what users complain of.
  func goal(in language: Language) throws -> String {
    func filled(_ text: String) -> String {
      text.replacing("{appliance}", with: appliance).replacing("{lab}", with: name)
    }
    guard try progress()?.isSecret == true, let complaint = lab.description.complaint else {
      return try orCouldNotRun { filled(try lab.goal(in: language)) }
    }
    return [Self.examGoal, complaint]
      .map { Layout.standardOutput.paragraph(filled($0[language])) }.joined(separator: "\n\n")
  }

  /// Prints the goal, before anything that the shell shows.
  func tellGoal(in language: Language) throws {
    try CommandFiles.write(Array("\(goal(in: language))\n".utf8), to: nil)
  }

  private static let examGoal = LocalText(
    english: """
      Something is wrong with this appliance. Find out what, put it right, and commit. \
      `esash lab check {lab}` in another terminal tells whether all goes as it should.
      """,
    japanese: """
      このアプライアンスには障害が 1 つあります。原因を突き止めて修正し、commit してください。\
      別の端末で `esash lab check {lab}` を実行すると、正しく動作しているかどうかを確認できます。
      """)
}
