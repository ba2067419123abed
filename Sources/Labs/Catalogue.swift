public import Foundation

/// All labs.
public struct Catalogue: Sendable {
  /// The labs, in the order of their names.
  public let labs: [Lab]

  /// Reads a folder with a folder for each lab; files beside those are sessions from whose end
  /// labs start.
  ///
  /// - Throws: `LabError` for the first lab that makes no sense.
  public init(folder: URL) throws(LabError) {
    let files = FileManager.default
    let names = ((try? files.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
    var labs: [Lab] = []
    for name in names where !name.hasPrefix(".") && !name.hasSuffix(".transcript") {
      labs.append(try Lab(folder: folder.appendingPathComponent(name)))
    }
    self.labs = labs
  }

  /// The labs that come with the program.
  ///
  /// - Throws: as above.
  public static func bundled() throws(LabError) -> Catalogue {
    try Catalogue(folder: Bundle.module.bundleURL.appendingPathComponent("Catalogue"))
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
