public import Foundation

/// An exercise: a start, a goal, and checks that look at what was reached, never at how.
public struct Lab: Sendable {
  /// The name by which it is started; also that of its folder.
  public let name: String
  /// Where its files lie.
  public let folder: URL
  /// What it says of itself in `lab.yaml`.
  public let description: LabDescription

  /// Reads a lab's folder.
  ///
  /// - Throws: `LabError` with a sentence that names file and place when something is missing or
  ///   makes no sense.
  public init(folder: URL) throws(LabError) {
    name = folder.lastPathComponent
    self.folder = folder
    let file = folder.appendingPathComponent("lab.yaml")
    do {
      description = try LabDescription(yaml: String(contentsOf: file, encoding: .utf8))
    } catch let error as LabError {
      throw LabError("\(name)/lab.yaml: \(error)")
    } catch {
      throw LabError("\(name)/lab.yaml cannot be read.")
    }
  }

  /// What is to be reached, as Markdown: `goal.en.md`, or else `goal.md`, which is for all
  /// languages.
  ///
  /// - Throws: `LabError` when there is neither.
  public func goal(in language: Language) throws(LabError) -> String {
    let names = ["goal.\(language.rawValue).md", "goal.md"]
    for file in names.map(folder.appendingPathComponent) {
      if let text = try? String(contentsOf: file, encoding: .utf8) { return text }
    }
    throw LabError("\(name)/\(names[0]) cannot be read.")
  }

  /// The session that makes the appliance which the learner finds; nil for the factory's.
  public var start: URL? { description.start.map { folder.appendingPathComponent($0) } }

  /// The session that solves it.
  public var solution: URL { folder.appendingPathComponent("solution.transcript") }
}
