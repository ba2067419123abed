import Addresses
public import Configuration
import Foundation
import PKI

/// Makes values in which every property differs from a baseline, whatever their type: it poses as
/// a decoder and invents an answer to each question.
///
/// Texts hold markup, accents and an emoji; numbers and texts are all different; lists have two
/// elements; nothing is nil.
public struct Fabricator {
  private let pool: CertificatePool

  /// Makes a fabricator that takes keys and certificates from a pool.
  public init(pool: CertificatePool) { self.pool = pool }

  /// A value that is unlike `baseline` in every property.
  public func value<Value: ConfigurationValue>(unlike baseline: Value) throws -> Value {
    try FabricatingDecoder(pool: pool, count: Count(), baseline: baseline).invent(Value.self)
  }

  /// A text with whatever XML, JSON and SQL might stumble over.
  public static func text(_ label: String) -> String { " <&\">'\(label)' é Ž 漢 😀\t" }
}

/// Numbers the inventions, so that no two are alike.
private final class Count {
  private var last = 0

  func next() -> Int {
    last += 1
    return last
  }
}

/// The decoder of one value; also its single-value container.
private struct FabricatingDecoder: Decoder, SingleValueDecodingContainer {
  let pool: CertificatePool
  let count: Count
  /// What stands at this place in the baseline, if anything does.
  var baseline: Any?
  var codingPath: [any CodingKey] = []
  let userInfo: [CodingUserInfoKey: Any] = [:]

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(FabricatedFields<Key>(decoder: self))
  }

  func unkeyedContainer() -> any UnkeyedDecodingContainer { FabricatedItems(decoder: self) }
  func singleValueContainer() -> any SingleValueDecodingContainer { self }
  func decodeNil() -> Bool { false }
  func decode<T: Decodable>(_ type: T.Type) throws -> T { try invent(type) }

  func invent<T: Decodable>(_ type: T.Type) throws -> T {
    let number = count.next()
    let label = "\(codingPath.map(\.stringValue).joined(separator: ".")) \(number)"
    let invention: Any? =
      switch type {
      case is String.Type: Fabricator.text(label)
      case is Bool.Type: !(baseline as? Bool ?? false)
      case is IPv4Address.Type: IPv4Address(bits: 0x0A01_0000 + UInt32(number))
      case is Secret.Type: Secret(bytes: pool.p256Keys[0].pkcs8DER)
      case is Certificate.Type: try certificate(label)
      case is CertificateRequest.Type:
        try CertificateRequest(
          subject: DistinguishedName(commonName: "Invented"), key: pool.p256Keys[0])
      case let type as any FixedWidthInteger.Type: integer(type, 20_000 + number)
      case let type as any CaseIterable.Type: lastCase(type)
      default: try T(from: self)
      }
    guard let value = invention as? T else {
      throw DecodingError.dataCorruptedError(
        in: self, debugDescription: "The fabricator has no \(type) at \(label).")
    }
    return value
  }

  /// The decoder of what stands under a key.
  func descend(_ key: any CodingKey) -> FabricatingDecoder {
    var child = self
    child.baseline = baseline.flatMap { value in
      Mirror(reflecting: value).children.first { $0.label == key.stringValue }?.value
    }
    child.codingPath.append(key)
    return child
  }

  /// All of one key, since the profile's private key must fit its certificate.
  private func certificate(_ label: String) throws -> Certificate {
    try pool.certificate(
      "Invented", key: pool.p256Keys[0], serial: UInt8(count.next() % 255 + 1))
  }

  private func integer<Number: FixedWidthInteger>(_ type: Number.Type, _ number: Int) -> Number {
    Number(truncatingIfNeeded: number)
  }

  /// The last case that is not the baseline's.
  private func lastCase<Choice: CaseIterable>(_ type: Choice.Type) -> Any? {
    let present = (baseline as? any Hashable).map { AnyHashable($0) }
    return type.allCases.map { $0 as Any }.last { choice in
      (choice as? any Hashable).map { AnyHashable($0) } != present
    }
  }
}

/// Fields of a struct, or two entries of a dictionary.
private struct FabricatedFields<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let decoder: FabricatingDecoder

  var codingPath: [any CodingKey] { decoder.codingPath }
  var allKeys: [Key] { ["first", "second"].compactMap { Key(stringValue: Fabricator.text($0)) } }

  func contains(_ key: Key) -> Bool { true }
  func decodeNil(forKey key: Key) -> Bool { false }

  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    try decoder.descend(key).invent(type)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedDecodingContainer<Nested> {
    decoder.descend(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedDecodingContainer {
    decoder.descend(key).unkeyedContainer()
  }

  func superDecoder() -> any Decoder { decoder }
  func superDecoder(forKey key: Key) -> any Decoder { decoder.descend(key) }
}

/// Two items of a list.
private struct FabricatedItems: UnkeyedDecodingContainer {
  let decoder: FabricatingDecoder
  private(set) var currentIndex = 0

  init(decoder: FabricatingDecoder) {
    self.decoder = decoder
    // The baseline's items are no pattern for new ones.
    var blank = decoder
    blank.baseline = nil
    item = blank
  }

  private let item: FabricatingDecoder
  var codingPath: [any CodingKey] { decoder.codingPath }
  var count: Int? { 2 }
  var isAtEnd: Bool { currentIndex >= 2 }

  mutating func decodeNil() -> Bool { false }

  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
    currentIndex += 1
    return try item.invent(type)
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) -> KeyedDecodingContainer<Nested> {
    currentIndex += 1
    return item.container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() -> any UnkeyedDecodingContainer {
    currentIndex += 1
    return item.unkeyedContainer()
  }

  mutating func superDecoder() -> any Decoder {
    currentIndex += 1
    return item
  }
}
