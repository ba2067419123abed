import ArgumentParser
import ConfigurationStore
import Control
import Engine
import Foundation
import Labs
import Reports
import Transcripts

/// `esash lab start`: the lab's appliance, and a shell on it.
struct LabStart: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "start", abstract: "Begin a lab, or go on with it: its goal, then the shell.")

  @OptionGroup var place: LabPlace
  @Argument(help: "The lab, or the exam.") var name: String

  func run() async throws {
    let begun = try place.any(named: name)
    try await begun.begin()
    try begun.tellGoal(in: try place.language())
    try await begun.openShell()
  }
}

/// `esash lab inject`: an outage that is not named.
struct LabInject: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inject",
    abstract: "Break a healthy appliance in one way that is not named, and open the shell: an exam."
  )

  @OptionGroup var place: LabPlace
  @Flag(name: .long, help: "Choose the outage by chance.") var random = false
  @Argument(help: "The outage (default: one by chance).") var name: String?

  /// What an exam is called as long as it is not passed.
  static let title = LocalText(english: "An outage, not named", japanese: "障害 (名称は非公開)")

  func run() async throws {
    let exam = BegunLab(
      lab: try outage(),
      folder: place.folder.appendingPathComponent(Exams(in: place.folder).nextName))
    try await exam.begin(asExam: true)
    try exam.tellGoal(in: try place.language())
    try await exam.openShell()
  }

  /// The outage that was named, or one that the learner has not met yet.
  private func outage() throws -> Lab {
    let catalogue = try Catalogue.orCouldNotRun()
    let outages = catalogue.labs.filter(\.description.isOutage)
    switch (name, random) {
    case (let name?, false):
      guard let named = outages.first(where: { $0.name == name }) else {
        throw CouldNotRun(
          "There is no outage \"\(name)\"; there are \(outages.map(\.name).joined(separator: ", "))."
        )
      }
      return named
    case (nil, _):
      let met = try place.exams(of: catalogue).map(\.lab.name)
      let fresh = try outages.filter {
        try !met.contains($0.name) && place.begun($0).progress() == nil
      }
      guard let chosen = fresh.randomElement() else {
        throw CouldNotRun("Every outage was begun already; `esash lab reset NAME` frees one.")
      }
      return chosen
    case (_?, true):
      throw CouldNotRun("Either an outage is named, or --random chooses one.")
    }
  }
}

/// `esash lab advance`: the lab's calendar goes on.
struct LabAdvance: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "advance",
    abstract: "Move the lab's calendar ahead, such as 30d, and let certificates grow old.")

  @OptionGroup var place: LabPlace
  @Argument(help: "How far: a number and s, m, h, d or w; several together.") var duration: String
  @Argument(help: "The lab (default: the one begun last).") var name: String?

  func run() async throws {
    guard let span = TimeSpan(duration) else {
      throw CouldNotRun("\"\(duration)\" is not a time such as 30d, at most 100 years.")
    }
    let begun = try place.begun(named: name)
    guard begun.lab.description.movesCalendar else {
      throw CouldNotRun("The lab \(begun.name) runs in real time: others look on.")
    }
    let appliance = try await begun.open()
    do {
      try await appliance.advanceCalendar(by: TimeInterval(span.seconds))
    } catch {
      throw CouldNotRun("\(error)")
    }
    _ = await EngineClient(directory: appliance.directory).ask(
      .clock(offset: appliance.environment.calendar.offset))
  }
}

extension BegunLab {
  /// Makes the appliance as the lab has it at the start, unless it was begun already.
  ///
  /// - Parameter asExam: what is broken is not told.
  /// - Throws: `CouldNotRun` when the start cannot be made.
  func begin(asExam: Bool = false) async throws {
    guard try progress() == nil else { return }
    try? FileManager.default.removeItem(at: folder)
    do {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw CouldNotRun("\(folder.path) cannot be made.")
    }
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
    do { return try await Appliance(at: appliance) } catch { throw CouldNotRun("\(error)") }
  }

  /// What is to be reached; of an exam that is not passed only what users complain of.
  func goal(in language: Language) throws -> String {
    func filled(_ text: String) -> String {
      text.replacing("{appliance}", with: appliance).replacing("{lab}", with: name)
    }
    guard try progress()?.isSecret == true, let complaint = lab.description.complaint else {
      do { return filled(try lab.goal(in: language)) } catch { throw CouldNotRun("\(error)") }
    }
    return [Self.examGoal, complaint]
      .map { Layout.standardOutput.paragraph(filled($0[language])) }.joined(separator: "\n\n")
  }

  /// Prints the goal, before anything that the shell shows.
  func tellGoal(in language: Language) throws {
    FileHandle.standardOutput.write(Data("\(try goal(in: language))\n".utf8))
  }

  /// Removes appliance and progress.
  ///
  /// - Throws: `CouldNotRun` while a shell or a server works on it.
  func forget() throws {
    guard FileManager.default.fileExists(atPath: folder.path) else { return }
    do {
      var lock: FileLock?
      if Appliance.exists(appliance) {
        lock = try FileLock(path: "\(appliance)/engine.lock", waits: false)
        guard lock != nil else {
          throw CouldNotRun("A shell is open on the lab \(name); end it first.")
        }
      }
      // No shell may begin in between.
      try withExtendedLifetime(lock) { try FileManager.default.removeItem(at: folder) }
    } catch let error as CouldNotRun {
      throw error
    } catch {
      throw CouldNotRun("\(error)")
    }
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

extension BegunLab {
  /// Opens the shell on the appliance, with its engine and the lab's remote servers.
  func openShell() async throws {
    let world = try await LabBench(try await open(), peers: lab.description.peers)
    do {
      let shell = try ShellCommand.parse(["--appliance", appliance])
      try await shell.run()
    } catch {
      await world.close()
      throw error
    }
    await world.close()
  }
}
