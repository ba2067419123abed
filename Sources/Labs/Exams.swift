public import Foundation

/// The exams of a learner: outages that are not named, in folders whose names say nothing.
public struct Exams: Sendable {
  private static let prefix = "exam-"

  private let folder: URL

  /// Looks into a learner's folder of labs.
  public init(in folder: URL) { self.folder = folder }

  /// What was done in each that was begun, in their order: `exam-1`, `exam-2`.
  ///
  /// - Throws: `LabError` when the file of one is damaged.
  public func begun() throws(LabError) -> [(name: String, progress: LabProgress)] {
    var exams: [(name: String, progress: LabProgress)] = []
    for number in numbers {
      let name = "\(Self.prefix)\(number)"
      guard let progress = try LabProgress.read(in: folder.appendingPathComponent(name)),
        progress.isExam
      else { continue }
      exams.append((name, progress))
    }
    return exams
  }

  /// The name of the next one.
  public var nextName: String { "\(Self.prefix)\((numbers.last ?? 0) + 1)" }

  private var numbers: [Int] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasPrefix(Self.prefix) }
      .compactMap { Int($0.dropFirst(Self.prefix.count)) }.sorted()
  }
}
