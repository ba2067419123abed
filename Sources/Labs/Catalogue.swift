public import Foundation

/// All labs.
public struct Catalogue: Sendable {
  /// The labs, in the order of their names.
  public let labs: [Lab]

  /// Reads a folder with a folder for each lab; files beside those are sessions from whose end
  /// labs start, or notes.
  ///
  /// - Throws: `LabError` when there is no lab, and for the first one that makes no sense.
  public init(folder: URL) throws(LabError) {
    let contents = try? FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: [.isDirectoryKey], options: .skipsHiddenFiles)
    var labs: [Lab] = []
    let names = (contents ?? []).filter(\.hasDirectoryPath).map(\.lastPathComponent)
    for name in names.sorted() {
      guard !Exams.isName(name) else {
        throw LabError("\(name) is the name of an exam; a lab is to be called otherwise.")
      }
      labs.append(try Lab(folder: folder.appendingPathComponent(name)))
    }
    guard !labs.isEmpty else { throw LabError("There is no folder of a lab in \(folder.path).") }
    self.labs = labs
  }

  /// The labs that come with a program, in a folder beside it, as the build leaves them.
  ///
  /// `Bundle.module` would end the process where they are missing.
  ///
  /// - Parameter program: its path; links are followed.
  /// - Throws: `LabError` when they are not there; as above.
  public static func bundled(with program: String) throws(LabError) -> Catalogue {
    let resources = URL(fileURLWithPath: program).resolvingSymlinksInPath()
      .deletingLastPathComponent().appendingPathComponent("esash_Labs.resources")
    let folder = resources.appendingPathComponent("Catalogue")
    guard FileManager.default.fileExists(atPath: folder.path) else {
      throw LabError(
        "The labs are not there: copy the folder esash_Labs.resources from where the program was "
          + "built to \(resources.path).")
    }
    return try Catalogue(folder: folder)
  }

  /// The lab of a name.
  ///
  /// - Throws: `LabError` when there is none.
  public subscript(name: String) -> Lab {
    get throws(LabError) {
      guard let lab = labs.first(where: { $0.name == name }) else {
        throw LabError("There is no lab \"\(name)\"; `esash lab list` prints all.")
      }
      return lab
    }
  }
}
