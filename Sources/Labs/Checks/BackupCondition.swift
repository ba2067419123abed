/// Whether a saved configuration in the appliance's `configuration` folder can be loaded:
/// `{loads: true}`.
struct BackupCondition: LabCondition {
  let loads: Bool

  func observe(in world: any LabWorld) async throws -> Observation {
    let backups = try await world.backups()
    if let good = backups.last(where: { $0.fault == nil }) {
      return Observation(isAsWanted: loads, text: "\(good.file) can be loaded")
    }
    let faults = backups.map { "\($0.file): \($0.fault ?? "")" }
    return Observation(
      isAsWanted: !loads,
      text: faults.isEmpty ? "no saved configuration" : faults.joined(separator: "; "))
  }
}
