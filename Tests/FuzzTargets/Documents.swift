import Configuration
import PKI
import XMLCoding

extension FuzzTarget {
  /// XML documents in any of their encodings.
  ///
  /// What was read, and can be written, is written as a document that is read alike.
  static let xml = FuzzTarget("xml") { bytes in
    guard let root = try? XMLReader().read(bytes) else { return }
    for lineEnd in [XMLWriter.LineEnd.lineFeed, .crlf] {
      // A name may hold letters for which the written form has no place.
      guard let written = try? XMLWriter(lineEnd: lineEnd).write(root, comment: ["-- a --"]) else {
        continue
      }
      try require(
        try XMLReader().read(written) == root, "a document is read as it is written", written.text)
    }
  }

  /// Saved configurations, of any release.
  ///
  /// What was loaded is saved as a file that gives the same configuration, and its settings and what
  /// is wrong with it can be told.
  static let savedConfiguration = FuzzTarget("saved-configuration") { bytes in
    guard let loaded = try? SavedConfiguration.load(bytes, for: .release14) else { return }
    var configuration = loaded.configuration
    // Credentials stand outside of it; what a file says of them is a hash or a key in one line.
    configuration.credentials = [:]
    for stored in configuration.objects.values {
      for setting in stored.settings {
        try require(!setting.value.contains("PRIVATE KEY"), "settings show no secret", setting.name)
      }
    }
    let saved = SavedConfiguration(
      configuration: configuration, release: .release14, serialNumber: "A", date: "now",
      secrets: .obfuscated)
    guard let written = try? saved.bytes(lineEnd: .crlf) else { return }
    var again = try SavedConfiguration.load(written, for: .release14).configuration
    again.credentials = [:]
    try require(again == configuration, "a configuration is loaded as it was saved")
  }
}
