import Configuration

/// A saved configuration in the appliance's `configuration` folder: `loads` for one that can be
/// loaded, `current` for one that also holds what is committed.
struct BackupCondition: LabCondition {
  enum State: String, Decodable {
    case loads, current
  }

  private let wanted: State

  init(from decoder: any Decoder) throws { wanted = try State(from: decoder) }

  func observe(in world: any LabWorld) async throws -> Observation {
    let committed = try await world.committed()
    var faults: [String] = []
    for file in try await world.backups() {
      switch file.configuration {
      case .success(let saved):
        let changes = wanted == .current ? saved.changes(since: committed) : []
        if changes.isEmpty { return Observation(isAsWanted: true, text: file.name) }
        let keys = changes.map { "\($0.key)" }.joined(separator: ", ")
        faults.append("\(file.name) does not hold what is committed: \(keys)")
      case .failure(let reason):
        faults.append("\(file.name) cannot be loaded: \(reason)")
      }
    }
    return Observation(
      isAsWanted: false, text: faults.isEmpty ? "no saved file" : faults.joined(separator: "; "))
  }
}
