import Configuration
import Foundation
import PKI
import TestSupport
import Testing

@testable import ConfigurationStore

/// A row of `Tests/Fixtures/rows-1.json`.
///
/// The file has one object of each kind, with every property filled, as the program wrote it when
/// format 1 was frozen. It never changes; a later format gets a file of its own.
struct FrozenRow: Codable {
  let level: String
  let kind: String
  let name: String
  let value: String
  /// What the object's properties were.
  let settings: [String]

  static let file = repositoryRoot.appending(path: "Tests/Fixtures/rows-1.json")
}

@Suite("Rows of the frozen format") struct FrozenRowTests {
  @Test("Each object is decoded with all that was in it")
  func everyRow() throws {
    let rows = try JSONDecoder().decode([FrozenRow].self, from: Data(contentsOf: FrozenRow.file))
    #expect(rows.count == 25)
    let coding = RowCoding(box: try SecretBox(key: Array(1...32)))
    for row in rows {
      let entry = try coding.entry(
        ObjectRow(
          level: row.level, kind: row.kind, name: row.name, value: Data(row.value.utf8)))
      let value = try #require(entry.value)
      let settings = value.settings.map(\.value)
      for setting in row.settings {
        #expect(settings.contains(setting), "\(entry.key) has lost \(setting)")
      }
      if let profile = value.value as? CertificateProfile {
        #expect(try PrivateKey(der: profile.key.bytes).fits(profile.certificate))
      }
    }
    // Kinds that came later are not in it; those that are must stay.
    #expect(Set(rows.map(\.kind)).isSubset(of: ObjectKind.allCases.map(\.rawValue)))
  }
}
