import Configuration
import Foundation
import TLS

/// `crl.json`: the revocation lists that were found good last, kept from one engine to the next.
///
/// The engine writes it; sessions that try TLS by themselves (`tlsverify`) read it.
struct RevocationRecord: Codable, Hashable, Sendable {
  /// The lists of one source.
  struct Entry: Codable, Hashable, Sendable {
    /// Where they came from.
    var origin: CRLSource.Origin
    /// Their encodings.
    var lists: [Data]
  }

  /// The entries by the sources' names.
  var entries: [String: Entry] = [:]

  /// Makes an empty record.
  init() {}

  /// Reads the record of an appliance; where there is none, or nothing to be made of it, an empty
  /// one.
  init(in directory: String) {
    guard let data = FileManager.default.contents(atPath: Self.path(in: directory)),
      let record = try? JSONDecoder().decode(RevocationRecord.self, from: data)
    else { return }
    self = record
  }

  private static func path(in directory: String) -> String { "\(directory)/crl.json" }

  /// Writes the record, whole or not at all, for its owner alone.
  ///
  /// - Throws: `EngineError` when it cannot be written.
  func write(in directory: String) throws {
    let path = Self.path(in: directory)
    let temporary = "\(path).new"
    guard
      FileManager.default.createFile(
        atPath: temporary, contents: try JSONEncoder().encode(self),
        attributes: [.posixPermissions: 0o600]),
      rename(temporary, path) == 0
    else { throw EngineError("The file \(path) cannot be written.") }
  }

  /// The lists of a source, if they are those of its present places.
  func lists(of source: CRLSource, named name: String) -> [RevocationList] {
    guard let entry = entries[name], entry.origin == source.origin else { return [] }
    return entry.lists.compactMap { try? RevocationList(der: [UInt8]($0)) }
  }

  /// The lists that count under a configuration.
  func lists(for configuration: Configuration) -> [RevocationList] {
    configuration.crlSources.all.filter(\.value.isEnabled).flatMap { name, source in
      lists(of: source, named: name)
    }
  }
}
