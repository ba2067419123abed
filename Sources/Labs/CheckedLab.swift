import Foundation
public import Reports

/// What a look at a lab showed.
public struct CheckedLab: Encodable, Sendable {
  private struct Check: Encodable {
    let name: String
    let passed: Bool
    let observed: String
    let text: String

    func lines(_ layout: Layout) -> [String] {
      let mark = passed ? layout.ink("✔", .good) : layout.ink("✘", .bad)
      return ["\(mark) \(layout.ink(name, .strong))"]
        + (text.isEmpty ? [] : [layout.paragraph(text, indent: 2)])
    }
  }

  private let lab: String
  private let passed: Int
  private let checks: [Check]

  /// Makes the report of a look at all checks.
  ///
  /// - Parameters:
  ///   - lab: the lab.
  ///   - name: what the learner calls it.
  ///   - results: those of all checks.
  ///   - isSecret: whether nothing may tell which lab it is: then only what was seen is told, and
  ///     only of what does not hold.
  public init(
    _ lab: Lab, called name: String, _ results: [LabCheck.Result], _ language: Language,
    isSecret: Bool
  ) {
    self.lab = name
    passed = results.filter(\.isPassed).count
    let names = lab.description.checkNames(in: language, isSecret: isSecret)
    checks = zip(names, zip(lab.description.checks, results)).map { name, look in
      let (check, result) = look
      if isSecret {
        let observed = result.isPassed ? "" : result.observed
        return Check(name: name, passed: result.isPassed, observed: observed, text: observed)
      }
      return Check(
        name: name, passed: result.isPassed, observed: result.observed,
        text: (result.isPassed ? check.pass : check.fail).text(
          in: language, observed: result.observed))
    }
  }

  /// The report for people: the name of each check, and what is to be said of it.
  public func text(_ layout: Layout = .plain) -> String {
    checks.flatMap { $0.lines(layout) }.map { "\($0)\n" }.joined()
  }

  /// The report as JSON.
  public var json: String { get throws { try jsonText(self) } }
}
