import Configuration
import Foundation
import PKI

/// The bytes of a configuration as `saveconfig` would write them.
func file(
  _ configuration: Configuration, secrets: SecretCoding = .obfuscated,
  lineEnd: SavedConfiguration.LineEnd = .lineFeed, release: Release = .release14
) throws -> [UInt8] {
  try SavedConfiguration(
    configuration: configuration, release: release, serialNumber: "SERIAL--1",
    date: "Tue Nov 24 18:00:12 2026 GMT", secrets: secrets
  ).bytes(lineEnd: lineEnd)
}

/// The text of bytes in ISO-8859-1, which are the first Unicode scalars.
func latin1(_ bytes: [UInt8]) -> String {
  String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
}

extension [UInt8] {
  var base64Text: String { Data(self).base64EncodedString() }
}

/// The ways of saving secrets that can be loaded again.
enum LoadableSecrets: CaseIterable {
  case encrypted, plain

  var coding: SecretCoding {
    switch self {
    case .encrypted: .obfuscated
    case .plain: .plain
    }
  }
}
