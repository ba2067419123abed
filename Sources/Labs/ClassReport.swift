public import Foundation
import Reports

/// What learners have reached: a row each, a column for each check.
///
/// Of an exam, which is another outage for each learner, there is but one column.
public struct ClassReport: Sendable {
  /// A check, or an exam as a whole.
  struct Column: Hashable {
    /// The name of the lab, or of the exam.
    let lab: String
    /// The check's number from 0; nil for an exam.
    let check: Int?
    let name: String
  }

  /// A learner.
  struct Row {
    let learner: String
    let progress: [String: LabProgress]

    /// Whether it held when it was looked at last; nil if it never was.
    func hasPassed(_ column: Column) -> Bool? {
      guard let progress = progress[column.lab] else { return nil }
      if let check = column.check { return progress.hasPassed(check) }
      return progress.checked.map { _ in progress.solved != nil }
    }
  }

  let columns: [Column]
  let rows: [Row]
  let language: Language
  /// A sentence for each file that is damaged; what it would tell is left out.
  public let troubles: [String]

  /// Reads what was done.
  ///
  /// - Parameters:
  ///   - folders: the learners' folders of labs.
  ///   - catalogue: all labs; those that nobody began have no columns.
  ///   - language: that of the checks' names.
  public init(_ folders: [URL], _ catalogue: Catalogue, _ language: Language) {
    var rows: [Row] = []
    var exams: [String] = []
    var troubles: [String] = []
    func progress(_ folder: URL, _ name: String) -> LabProgress? {
      let folder = folder.appendingPathComponent(name)
      do { return try LabProgress.read(in: folder) } catch {
        troubles.append("\(folder.path) is left out: its progress.json is damaged.")
        return nil
      }
    }
    for folder in folders {
      var reached: [String: LabProgress] = [:]
      for lab in catalogue.labs { reached[lab.name] = progress(folder, lab.name) }
      for name in Exams(in: folder).names {
        guard let exam = progress(folder, name), exam.isExam else { continue }
        reached[name] = exam
        if !exams.contains(name) { exams.append(name) }
      }
      rows.append(Row(learner: folder.lastPathComponent, progress: reached))
    }
    self.rows = rows
    self.troubles = troubles
    self.language = language
    let begun = catalogue.labs.filter { lab in rows.contains { $0.progress[lab.name] != nil } }
    columns =
      begun.flatMap { lab in
        lab.description.checks.enumerated().map { number, check in
          Column(lab: lab.name, check: number, name: check.name[language])
        }
      }
      + exams.sorted { $0.localizedStandardCompare($1) == .orderedAscending }.map { exam in
        Column(lab: exam, check: nil, name: Self.passed[language])
      }
  }

  private static let passed = LocalText(english: "Passed", japanese: "合格")

  /// The columns of each lab, in order.
  var groups: [(lab: String, columns: [Column])] {
    var groups: [(lab: String, columns: [Column])] = []
    for column in columns {
      if groups.last?.lab == column.lab {
        groups[groups.count - 1].columns.append(column)
      } else {
        groups.append((column.lab, [column]))
      }
    }
    return groups
  }

  /// A table for a terminal: `✔` holds, `✘` does not, `·` was never looked at.
  public var text: String {
    let aligned = AlignedColumns(fitting: rows.map { [$0.learner] })
    var lines: [String] = []
    for group in groups {
      lines.append(group.lab)
      for row in rows {
        let marks = group.columns.map { Self.mark(row.hasPassed($0)) }.joined(separator: " ")
        lines.append("  \(aligned.line([row.learner, marks]))")
      }
      for (number, column) in group.columns.enumerated() {
        lines.append("  \(number + 1). \(column.name)")
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// A sign for whether something held when it was looked at last.
  public static func mark(_ hasPassed: Bool?) -> String { hasPassed.map { $0 ? "✔" : "✘" } ?? "·" }

  /// The same for programs.
  public var json: String {
    get throws {
      try jsonText(
        rows.map { row in
          Learner(
            learner: row.learner,
            labs: row.progress.sorted { $0.key < $1.key }.map { name, progress in
              var progress = progress
              if progress.isSecret { progress.lab = name }
              return progress
            })
        })
    }
  }

  private struct Learner: Encodable {
    let learner: String
    let labs: [LabProgress]
  }
}
