import Files
public import Foundation

/// What a learner has done in one lab; a file in the lab's own folder.
public struct LabProgress: Codable, Hashable, Sendable {
  /// The lab.
  public var lab: String
  /// When it was begun.
  public var started: Date
  /// When the checks were looked at last; nil if they never were.
  public var checked: Date?
  /// The checks that held then, by their number from 0.
  public var passed: Set<Int> = []
  /// How many checks there are.
  public var checks: Int
  /// How many hints were asked for.
  public var hints = 0
  /// When all checks held for the first time; nil if they never did.
  public var solved: Date?
  /// Whether the model solution was looked at.
  public var wasShown = false
  /// Whether it is an exam.
  public let isExam: Bool

  /// Begins.
  ///
  /// - Parameter isExam: whether what is broken is told only when it is mended.
  public init(lab: Lab, at date: Date, isExam: Bool = false) {
    self.lab = lab.name
    self.isExam = isExam
    started = date
    checks = lab.description.checks.count
  }

  /// Whether nobody is to learn which lab it is.
  public var isSecret: Bool { isExam && solved == nil }

  /// Whether a check held when it was looked at last; nil if it never was.
  ///
  /// - Parameter check: its number from 0.
  public func hasPassed(_ check: Int) -> Bool? { checked.map { _ in passed.contains(check) } }

  /// Notes what a look at all checks showed.
  public mutating func note(_ results: [LabCheck.Result], at date: Date) {
    checked = date
    passed = Set(results.indices.filter { results[$0].isPassed })
    checks = results.count
    if passed.count == checks, solved == nil { solved = date }
  }

  /// Whether the numbers can be those of a lab.
  private var isPossible: Bool {
    hints >= 0 && checks >= 0 && passed.allSatisfy { $0 >= 0 && $0 < checks }
  }

  /// Reads the file of a lab's folder; nil when the lab was not begun.
  ///
  /// - Throws: `LabError` when the file is damaged.
  public static func read(in folder: URL) throws(LabError) -> LabProgress? {
    guard let data = FileManager.default.contents(atPath: file(in: folder).path) else { return nil }
    do {
      let decoder = JSONDecoder()
      decoder.dateDecodingStrategy = .iso8601
      let progress = try decoder.decode(LabProgress.self, from: data)
      guard progress.isPossible else { throw LabError("") }
      return progress
    } catch {
      throw LabError(
        "\(file(in: folder).path) is damaged; `esash lab reset \(folder.lastPathComponent)` "
          + "forgets it.")
    }
  }

  /// Writes the file.
  ///
  /// - Throws: `FileError` when it cannot be written.
  public func write(in folder: URL) throws {
    let encoder = JSONEncoder()
    encoder.dateEncodingStrategy = .iso8601
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try PrivateFile.write([UInt8](encoder.encode(self)), to: Self.file(in: folder).path)
  }

  private static func file(in folder: URL) -> URL { folder.appendingPathComponent("progress.json") }
}
