public import Foundation

/// The exams of a learner: outages that are not named, in folders whose names say nothing.
public struct Exams: Sendable {
  private static let prefix = "exam-"
  /// A folder with a larger number was made by somebody else, and does not say what comes next.
  private static let mostNumber = 1_000_000

  private let folder: URL

  /// Looks into a learner's folder of labs.
  public init(in folder: URL) { self.folder = folder }

  /// The names of their folders, in order: `exam-1`, `exam-2`; nothing in them was read yet.
  public var names: [String] { numbers.map { "\(Self.prefix)\($0)" } }

  /// What was done in one; nil when no exam was begun by that name.
  ///
  /// - Throws: `LabError` when its file is damaged.
  public func progress(of name: String) throws(LabError) -> LabProgress? {
    guard names.contains(name),
      let progress = try LabProgress.read(in: folder.appendingPathComponent(name)), progress.isExam
    else { return nil }
    return progress
  }

  /// What was done in each that was begun, in their order.
  ///
  /// - Throws: `LabError` when the file of one is damaged.
  public func begun() throws(LabError) -> [(name: String, progress: LabProgress)] {
    var exams: [(name: String, progress: LabProgress)] = []
    for name in names {
      if let progress = try progress(of: name) { exams.append((name, progress)) }
    }
    return exams
  }

  /// The name of the next one.
  public var nextName: String { "\(Self.prefix)\((numbers.last ?? 0) + 1)" }

  /// Whether an exam may be called so.
  static func isName(_ name: String) -> Bool { number(name) != nil }

  private var numbers: [Int] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.compactMap(Self.number).sorted()
  }

  private static func number(_ name: String) -> Int? {
    guard name.hasPrefix(prefix), let number = Int(name.dropFirst(prefix.count)),
      (1..<mostNumber).contains(number), name == "\(prefix)\(number)"
    else { return nil }
    return number
  }
}
