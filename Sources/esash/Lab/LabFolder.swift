import ConfigurationStore
import Foundation

// A folder goes only if a lab has made it: `--labs` may name a place where others' folders are.
extension BegunLab {
  /// Removes the folder, if there is one.
  ///
  /// - Throws: `CouldNotRun` when it holds anything that no lab makes, and is then as it was.
  func removeFolder() throws {
    guard FileManager.default.fileExists(atPath: folder.path) else { return }
    guard holdsOnlyLab else {
      throw CouldNotRun(
        "\(folder.path) holds files that no lab has made; move it, or choose another --labs.")
    }
    try orCouldNotRun { try FileManager.default.removeItem(at: folder) }
  }

  /// Whether all that is there comes of a lab, be it half made.
  private var holdsOnlyLab: Bool {
    let files = FileManager.default
    guard let names = try? files.contentsOfDirectory(atPath: folder.path) else { return false }
    let isNamedSo = names.allSatisfy {
      // A file of the last kind is one that was not written to its end.
      ["appliance", "progress.json", "work"].contains($0) || $0.hasPrefix(".esash-")
    }
    // The sessions that leave files in `work` run on the appliance.
    let work = folder.appendingPathComponent("work").path
    let left = (try? files.contentsOfDirectory(atPath: work)) ?? []
    return isNamedSo && (left.isEmpty || Appliance.exists(appliance))
  }
}
