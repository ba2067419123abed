import Configuration
import ConfigurationStore
import Foundation
import PKI

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
    guard let data = FileManager.default.contents(atPath: "\(directory)/\(Self.name)"),
      let record = try? JSONDecoder().decode(RevocationRecord.self, from: data)
    else { return }
    self = record
  }

  private static let name = "crl.json"

  /// Writes the record, whole or not at all, for its owner alone.
  ///
  /// - Throws: `StoreError` when it cannot be written.
  func write(in directory: String) throws {
    try PrivateFolder(path: directory).write([UInt8](JSONEncoder().encode(self)), to: Self.name)
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
