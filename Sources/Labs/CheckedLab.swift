import Foundation

/// What a look at a lab showed, for programs.
public struct CheckedLab: Encodable, Sendable {
  private struct Check: Encodable {
    let name: String
    let passed: Bool
    let observed: String
    let text: String
  }

  private let lab: String
  private let passed: Int
  private let checks: [Check]

  /// Makes the report of a look at all checks.
  public init(_ lab: Lab, _ results: [LabCheck.Result], _ language: Language) {
    self.lab = lab.name
    passed = results.filter(\.isPassed).count
    checks = zip(lab.description.checks, results).map { check, result in
      Check(
        name: check.name[language], passed: result.isPassed, observed: result.observed,
        text: (result.isPassed ? check.pass : check.fail).text(
          in: language, observed: result.observed))
    }
  }

  /// The report as JSON.
  public var json: String { get throws { try jsonText(self) } }
}

/// A value as JSON that people can read too.
func jsonText(_ value: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  encoder.dateEncodingStrategy = .iso8601
  return String(decoding: try encoder.encode(value), as: UTF8.self)
}
