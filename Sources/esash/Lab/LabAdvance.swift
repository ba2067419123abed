import ArgumentParser
import ConfigurationStore
import Control
import Engine
import Foundation
import Labs
import Transcripts

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
      throw CouldNotRun("The lab \(begun.name) runs in real time; its calendar cannot be moved.")
    }
    let appliance = try await begun.open()
    try await orCouldNotRun {
      try await appliance.advanceCalendar(by: TimeInterval(span.seconds))
    }
    _ = await EngineClient(directory: appliance.directory).ask(
      .clock(offset: appliance.environment.calendar.offset))
  }
}
