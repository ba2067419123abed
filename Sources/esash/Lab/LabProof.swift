import Foundation
import Labs

/// The proof that a lab is what it says: nobody passes without doing anything, the model solution
/// passes, and who does what many do wrong is told so.
///
/// Each part plays sessions on an appliance of its own, which goes afterwards.
struct LabProof {
  let lab: Lab
  /// The path of `esash`, for the commands of the lab's sessions.
  var program = executablePath

  /// One part of the proof.
  enum Part: String, CaseIterable {
    case start = "start fails"
    case solution = "solution passes"
    case mistake = "mistake is told"
  }

  /// What is not as it should be: a sentence for each check; empty when the part holds.
  ///
  /// - Throws: `CouldNotRun` when a session does not run to its end, or a check cannot be looked
  ///   at.
  func faults(of part: Part) async throws -> [String] {
    switch part {
    case .start:
      return faults(try await results { try await $0.begin() }) { check, _ in
        check.holdsAtStart
      }
    case .solution:
      return faults(try await results { try await $0.play(lab.solution) }) { _, _ in true }
    case .mistake:
      guard let mistake = lab.description.mistake else { return [] }
      let session = lab.folder.appendingPathComponent(mistake.session)
      return faults(try await results { try await $0.play(session) }) { _, number in
        !mistake.fails.contains(number)
      }
    }
  }

  /// Compares what was seen with what should be.
  ///
  /// - Parameter holds: whether a check is to hold; its number counts from 1.
  private func faults(
    _ results: [LabCheck.Result], _ holds: (_ check: LabCheck, _ number: Int) -> Bool
  ) -> [String] {
    zip(lab.description.checks, results).enumerated().compactMap { place, look in
      let (check, result) = look
      guard result.isPassed != holds(check, place + 1) else { return nil }
      let verb = result.isPassed ? "holds" : "does not hold"
      return "Check \(place + 1) \(verb): \(result.observed)"
    }
  }

  /// What the checks see after something was done on a fresh appliance.
  private func results(
    after work: (BegunLab) async throws -> Void
  ) async throws -> [LabCheck.Result] {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("esash-proof-\(UUID().uuidString.prefix(8))")
    defer { try? FileManager.default.removeItem(at: folder) }
    let begun = BegunLab(
      lab: lab, folder: folder.appendingPathComponent(lab.name), program: program)
    try await work(begun)
    return try await begun.check()
  }
}
