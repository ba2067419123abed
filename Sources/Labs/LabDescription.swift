import Yams

/// What `lab.yaml` says.
public struct LabDescription: Sendable {
  /// What the lab is called.
  public let title: LocalText
  /// The sections of the guide that it trains, such as `G14`.
  public let guide: [String]
  /// How long it takes.
  public let minutes: Int
  /// The transcript that makes its start, by its path from the lab's folder; nil for the factory's.
  public let start: String?
  /// Whether the calendar may be moved: all who look on are the lab's own.
  public let movesCalendar: Bool
  /// The remote mail servers: how each host of the zone behaves.
  public let peers: [String: String]
  /// What must hold, in the order in which it is told.
  public let checks: [LabCheck]
  /// Help, each further than the one before.
  public let hints: [LocalText]
  /// Whether it begins with something broken, so that it can serve as an exam.
  public let isOutage: Bool
  /// What users complain of, and what must stay as it is: all that is told in an exam.
  public let complaint: LocalText?
  /// What a learner typically does wrong, and which checks say so, by their number from 1; for the
  /// proof that they do.
  public let mistake: Mistake?
  /// What would have told a learner most quickly, told afterwards.
  public let explanation: LocalText

  /// A session that does not reach the goal.
  public struct Mistake: Decodable, Hashable, Sendable {
    /// The transcript, by its path from the lab's folder.
    public let session: String
    /// The checks that fail afterwards, by their number from 1.
    public let fails: [Int]
  }
}

extension LabDescription {
  /// What the checks are called; those of a secret lab have numbers.
  public func checkNames(in language: Language, isSecret: Bool) -> [String] {
    checks.enumerated().map { isSecret ? "\($0 + 1)" : $1.name[language] }
  }
}

extension LabDescription: Decodable {
  private enum CodingKeys: String, CodingKey {
    case title, guide, minutes, start, clock, peers, checks, hints, complaint, mistake
    case explanation = "explain"
    case isOutage = "outage"
  }

  private enum Clock: String, Decodable {
    case real, movable
  }

  /// Reads a description.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    title = try container.decode(LocalText.self, forKey: .title)
    guide = try container.decode([String].self, forKey: .guide)
    minutes = try container.decode(Int.self, forKey: .minutes)
    start = try container.decodeIfPresent(String.self, forKey: .start)
    movesCalendar = try container.decodeIfPresent(Clock.self, forKey: .clock) == .movable
    peers = try container.decodeIfPresent([String: String].self, forKey: .peers) ?? [:]
    checks = try container.decode([LabCheck].self, forKey: .checks)
    hints = try container.decode([LocalText].self, forKey: .hints)
    isOutage = try container.decodeIfPresent(Bool.self, forKey: .isOutage) ?? false
    complaint = try container.decodeIfPresent(LocalText.self, forKey: .complaint)
    guard !isOutage || complaint != nil else {
      throw LabError("An outage has a complaint.")
    }
    mistake = try container.decodeIfPresent(Mistake.self, forKey: .mistake)
    explanation = try container.decode(LocalText.self, forKey: .explanation)
    guard !checks.isEmpty, !hints.isEmpty else {
      throw LabError("A lab has at least one check and one hint.")
    }
  }

  /// Reads the text of `lab.yaml`.
  ///
  /// - Throws: `LabError` with a sentence that names the place.
  init(yaml: String) throws(LabError) {
    do {
      self = try YAMLDecoder().decode(LabDescription.self, from: yaml)
    } catch let error as LabError {
      throw error
    } catch let error as DecodingError {
      throw LabError(error.sentence)
    } catch {
      throw LabError("It is not YAML: \(error).")
    }
  }
}

extension DecodingError {
  /// What is wrong, and where.
  fileprivate var sentence: String {
    func place(_ path: [any CodingKey]) -> String {
      path.isEmpty
        ? "the top"
        : path.map { $0.intValue.map { "item \($0 + 1)" } ?? $0.stringValue }
          .joined(separator: " > ")
    }
    return switch self {
    case .keyNotFound(let key, let context):
      "\"\(key.stringValue)\" is missing at \(place(context.codingPath))."
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .dataCorrupted(let context):
      (context.underlyingError as? LabError)?.description
        ?? "The value at \(place(context.codingPath)) makes no sense: \(context.debugDescription)"
    @unknown default: "It cannot be read."
    }
  }
}
