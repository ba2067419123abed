import ConfigurationStore
import Files
import Foundation

/// A learner's folder of one lab, or of one exam.
///
/// It goes only if a lab has made it: `--labs` may name a place where others' folders are.
struct LabFolder {
  let url: URL

  /// The appliance's directory.
  var appliance: String { url.appendingPathComponent("appliance").path }

  /// Removes appliance and progress; for `LabPlace.alone`.
  ///
  /// - Throws: `CouldNotRun` while a shell or a server works on it, and as `remove`.
  func forget() throws {
    try orCouldNotRun {
      var lock: FileLock?
      if Appliance.exists(appliance) {
        lock = try FileLock(path: "\(appliance)/engine.lock", waits: false)
        guard lock != nil else {
          throw CouldNotRun("A shell is open on the lab \(url.lastPathComponent); end it first.")
        }
      }
      // No shell may begin in between.
      try withExtendedLifetime(lock) { try remove() }
    }
  }

  /// Removes the folder, if there is one.
  ///
  /// - Throws: `CouldNotRun` when it holds anything that no lab makes, and is then as it was.
  func remove() throws {
    guard FileManager.default.fileExists(atPath: url.path) else { return }
    guard holdsOnlyLab else {
      throw CouldNotRun(
        "\(url.path) holds files that no lab has made; move it, or choose another --labs.")
    }
    try orCouldNotRun { try FileManager.default.removeItem(at: url) }
  }

  /// Whether all that is there comes of a lab, be it half made.
  private var holdsOnlyLab: Bool {
    let files = FileManager.default
    guard let names = try? files.contentsOfDirectory(atPath: url.path) else { return false }
    let isNamedSo = names.allSatisfy {
      // A file of the last kind is one that was not written to its end.
      ["appliance", "progress.json", "work"].contains($0) || $0.hasPrefix(".esash-")
    }
    // The sessions that leave files in `work` run on the appliance.
    let work = url.appendingPathComponent("work").path
    let left = (try? files.contentsOfDirectory(atPath: work)) ?? []
    return isNamedSo && (left.isEmpty || Appliance.exists(appliance))
  }
}
