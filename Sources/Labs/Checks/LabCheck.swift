/// One thing that must hold, of state and effect; how it was reached does not matter.
public struct LabCheck: Sendable {
  /// What it is about.
  public let name: LocalText
  /// What is said when it holds.
  public let pass: LocalText
  /// What is said when it does not; `{observed}` stands for what was seen instead.
  public let fail: LocalText
  /// Whether it holds before anything is done already: what must not be broken.
  public let holdsAtStart: Bool
  /// What must hold; the first condition that does not is told.
  let conditions: [any LabCondition]

  /// Looks.
  ///
  /// - Throws: a sentence when something cannot be looked at.
  public func run(in world: any LabWorld) async throws -> Result {
    var observed: [String] = []
    for condition in conditions {
      let observation = try await condition.observe(in: world)
      if !observation.isAsWanted { return Result(isPassed: false, observed: observation.text) }
      observed.append(observation.text)
    }
    return Result(isPassed: true, observed: observed.joined(separator: "; "))
  }

  /// What a look showed.
  public struct Result: Hashable, Sendable {
    /// Whether all holds.
    public let isPassed: Bool
    /// What was seen, in the words of commands and logs.
    public let observed: String
  }
}

extension LabCheck: Decodable {
  private enum CodingKeys: String, CodingKey {
    case name, pass, fail
    case holdsAtStart = "holds_at_start"
    case committed, certificate, receive, deliver, log, alert, file, backup
    case webService = "web_service"
  }

  /// Reads a check; of the conditions at least one must be there.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(LocalText.self, forKey: .name)
    pass = try container.decode(LocalText.self, forKey: .pass)
    fail = try container.decode(LocalText.self, forKey: .fail)
    holdsAtStart = try container.decodeIfPresent(Bool.self, forKey: .holdsAtStart) ?? false
    var conditions: [any LabCondition] = []
    func add<Condition: LabCondition>(_ type: Condition.Type, _ key: CodingKeys) throws {
      guard container.contains(key) else { return }
      conditions += try container.decode(OneOrMore<Condition>.self, forKey: key).values
    }
    try add(CommittedCondition.self, .committed)
    try add(CertificateCondition.self, .certificate)
    try add(ReceptionCondition.self, .receive)
    try add(DeliveryCondition.self, .deliver)
    try add(LogCondition.self, .log)
    try add(AlertCondition.self, .alert)
    try add(FileCondition.self, .file)
    try add(BackupCondition.self, .backup)
    try add(WebServiceCondition.self, .webService)
    guard !conditions.isEmpty else { throw LabError("A check has at least one condition.") }
    self.conditions = conditions
  }
}

/// Something that can be looked at.
protocol LabCondition: Decodable, Sendable {
  func observe(in world: any LabWorld) async throws -> Observation
}

/// What a condition found.
struct Observation: Hashable {
  let isAsWanted: Bool
  /// What was seen, in the words of commands and logs.
  let text: String
}

/// A value, or a list of values.
private struct OneOrMore<Value: Decodable>: Decodable {
  let values: [Value]

  init(from decoder: any Decoder) throws {
    if let list = try? decoder.unkeyedContainer() {
      var list = list
      var values: [Value] = []
      while !list.isAtEnd { values.append(try list.decode(Value.self)) }
      self.values = values
    } else {
      values = [try Value(from: decoder)]
    }
  }
}
