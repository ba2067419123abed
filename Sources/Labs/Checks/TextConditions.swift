/// A line of the mail log: `'DCID \d+ TLS success'`, or `{none: EXPRESSION}` for one that must not
/// be there.
struct LogCondition: LabCondition {
  private let wanted: WantedText

  init(from decoder: any Decoder) throws { wanted = try WantedText(from: decoder) }

  func observe(in world: any LabWorld) async throws -> Observation {
    wanted.observation(among: try await world.logLines())
  }
}

/// An alert, as `log` a line.
struct AlertCondition: LabCondition {
  private let wanted: WantedText

  init(from decoder: any Decoder) throws { wanted = try WantedText(from: decoder) }

  func observe(in world: any LabWorld) async throws -> Observation {
    wanted.observation(among: try await world.alerts())
  }
}

/// A file in the appliance's `configuration` folder, by its name.
struct FileCondition: LabCondition {
  private let wanted: WantedText

  init(from decoder: any Decoder) throws { wanted = try WantedText(from: decoder) }

  func observe(in world: any LabWorld) async throws -> Observation {
    wanted.observation(among: try await world.files())
  }
}

/// A regular expression that one of several texts must, or must not, fit.
private struct WantedText: Decodable, Sendable {
  private let expression: String
  private let isAbsent: Bool

  private enum CodingKeys: String, CodingKey {
    case none
  }

  init(from decoder: any Decoder) throws {
    if let expression = try? decoder.singleValueContainer().decode(String.self) {
      (self.expression, isAbsent) = (expression, false)
    } else {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      (expression, isAbsent) = (try container.decode(String.self, forKey: .none), true)
    }
    guard (try? Regex(expression)) != nil else {
      throw LabError("\"\(expression)\" is no regular expression.")
    }
  }

  func observation(among texts: [String]) -> Observation {
    // It was tried when the lab was read.
    let regex = try? Regex(expression)
    let found = texts.last { text in regex.map { text.contains($0) } ?? false }
    return Observation(isAsWanted: (found == nil) == isAbsent, text: found ?? "no \(expression)")
  }
}
