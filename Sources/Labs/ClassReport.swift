public import Foundation

/// What learners have reached: a row each, a column for each check.
public struct ClassReport: Sendable {
  /// A check, as a column.
  struct Column: Hashable {
    let lab: String
    let number: Int
    let name: String
  }

  /// A learner.
  struct Row {
    let learner: String
    let progress: [String: LabProgress]

    /// Whether a check held; nil when the lab was not begun.
    func hasPassed(_ column: Column) -> Bool? {
      progress[column.lab].map { $0.passed.contains(column.number) }
    }
  }

  let columns: [Column]
  let rows: [Row]

  /// Reads what was done.
  ///
  /// - Parameters:
  ///   - folders: the learners' folders of labs.
  ///   - catalogue: all labs; those that nobody began have no columns.
  ///   - language: that of the checks' names.
  /// - Throws: `LabError` when a file is damaged.
  public init(_ folders: [URL], _ catalogue: Catalogue, _ language: Language) throws(LabError) {
    var rows: [Row] = []
    for folder in folders {
      var progress: [String: LabProgress] = [:]
      for lab in catalogue.labs {
        progress[lab.name] = try LabProgress.read(in: folder.appendingPathComponent(lab.name))
      }
      rows.append(Row(learner: folder.lastPathComponent, progress: progress))
    }
    self.rows = rows
    let begun = catalogue.labs.filter { lab in rows.contains { $0.progress[lab.name] != nil } }
    columns = begun.flatMap { lab in
      lab.description.checks.enumerated().map { number, check in
        Column(lab: lab.name, number: number, name: check.name[language])
      }
    }
  }

  /// A table for a terminal: `✔` holds, `✘` does not, `·` not begun.
  public var text: String {
    let width = rows.map(\.learner.count).max() ?? 0
    var lines: [String] = []
    var labs: [String] = []
    for column in columns where labs.last != column.lab { labs.append(column.lab) }
    for lab in labs {
      lines.append(lab)
      let own = columns.filter { $0.lab == lab }
      for row in rows {
        let marks = own.map { Self.mark(row.hasPassed($0)) }.joined(separator: " ")
        let name = row.learner.padding(toLength: width, withPad: " ", startingAt: 0)
        lines.append("  \(name)  \(marks)")
      }
      for column in own { lines.append("  \(column.number + 1). \(column.name)") }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  static func mark(_ hasPassed: Bool?) -> String { hasPassed.map { $0 ? "✔" : "✘" } ?? "·" }

  /// The same for programs.
  public var json: String {
    get throws {
      try jsonText(
        rows.map { row in
          Learner(learner: row.learner, labs: row.progress.values.sorted { $0.lab < $1.lab })
        })
    }
  }

  private struct Learner: Encodable {
    let learner: String
    let labs: [LabProgress]
  }
}
