import Configuration
import Foundation
import PKI

/// Turns objects into rows and back; secrets are sealed on the way.
struct RowCoding: Sendable {
  /// The present format of a row; older ones are decoded on read.
  static let format = 1

  private struct Envelope<Value: Codable>: Codable {
    var format = RowCoding.format
    var value: Value

    init(value: Value) { self.value = value }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      format = try container.decode(Int.self, forKey: .format)
      // First of all: nothing is known of the shape of a newer format.
      guard format <= RowCoding.format else {
        throw StoreError("it was written by a newer esash.")
      }
      value = try container.decode(Value.self, forKey: .value)
    }
  }

  let box: SecretBox

  /// The row that says what became of an object.
  ///
  /// Two spellings of an accented name are one key to Swift and two to SQLite: rows have one.
  func row(_ key: ObjectKey, _ value: AnyConfigurationValue?) throws -> ObjectRow {
    var key = key
    key.name = key.name.precomposedStringWithCanonicalMapping
    return ObjectRow(
      level: key.level.rawValue, kind: key.kind.rawValue, name: key.name,
      value: try value.map { try encode($0.value, key) })
  }

  /// - Throws: `StoreError` that names the object which cannot be read.
  func entry(_ row: ObjectRow) throws -> (key: ObjectKey, value: AnyConfigurationValue?) {
    guard let level = Level(rawValue: row.level), let kind = ObjectKind(rawValue: row.kind) else {
      throw StoreError("The database holds an object of the unknown kind \(row.level)/\(row.kind).")
    }
    let key = ObjectKey(level: level, kind: kind, name: row.name)
    guard let data = row.value else { return (key, nil) }
    do {
      return (key, AnyConfigurationValue(try decode(kind.type, data, key)))
    } catch {
      throw StoreError("The object \(key) in the database cannot be read: \(Self.reason(error))")
    }
  }

  private static func reason(_ error: any Error) -> String {
    switch error {
    case DecodingError.keyNotFound(let key, _): "\"\(key.stringValue)\" is missing in it."
    case is DecodingError: "it is damaged."
    default: "\(error)"
    }
  }

  /// The key is authenticated with the secret, so that sealed values cannot change places.
  private func secrets(of key: ObjectKey) -> SecretCoding {
    .sealed(box, authenticating: Array("\(key.level.rawValue)/\(key)".utf8))
  }

  private func encode<Value: ConfigurationValue>(_ value: Value, _ key: ObjectKey) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.userInfo[.secretCoding] = secrets(of: key)
    return try encoder.encode(Envelope(value: value))
  }

  private func decode<Value: ConfigurationValue>(
    _ type: Value.Type, _ data: Data, _ key: ObjectKey
  ) throws -> Value {
    let decoder = JSONDecoder()
    decoder.userInfo[.secretCoding] = secrets(of: key)
    return try decoder.decode(Envelope<Value>.self, from: data).value
  }
}
