/// What something costs against how much of it there is.
struct Curve {
  /// What is measured, with its unit.
  let name: String
  /// The runs at each size.
  var points: [(size: Int, runs: [Double])] = []
}

extension [Curve] {
  /// A table of Markdown with a row for each size.
  ///
  /// - Parameter work: what the sizes count.
  func table(of work: String) -> String {
    let sizes = Set(flatMap { $0.points.map(\.size) }).sorted()
    let rows = sizes.map { size in
      let cells = map { curve in
        curve.points.first { $0.size == size }.map { Spread($0.runs).cell } ?? ""
      }
      return "| \(Spread.grouped(size)) | \(cells.joined(separator: " | ")) |"
    }
    return """
      | \(work) | \(map(\.name).joined(separator: " | ")) |
      |---|\(map { _ in "---" }.joined(separator: "|"))|
      \(rows.joined(separator: "\n"))

      """
  }
}
