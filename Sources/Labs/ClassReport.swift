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

  /// Reads what was done.
  ///
  /// - Parameters:
  ///   - folders: the learners' folders of labs.
  ///   - catalogue: all labs; those that nobody began have no columns.
  ///   - language: that of the checks' names.
  /// - Throws: `LabError` when a file is damaged.
  public init(_ folders: [URL], _ catalogue: Catalogue, _ language: Language) throws(LabError) {
    var rows: [Row] = []
    var exams: [String] = []
    for folder in folders {
      var progress: [String: LabProgress] = [:]
      for lab in catalogue.labs {
        progress[lab.name] = try LabProgress.read(in: folder.appendingPathComponent(lab.name))
      }
      for exam in try Exams(in: folder).begun() {
        progress[exam.name] = exam.progress
        if !exams.contains(exam.name) { exams.append(exam.name) }
      }
      rows.append(Row(learner: folder.lastPathComponent, progress: progress))
    }
    self.rows = rows
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
