/// The `Decoder` of one value, which is the content of one node; also its single-value container.
struct ValueDecoder: Decoder, SingleValueDecodingContainer {
  let node: InputNode
  let codingPath: [any CodingKey]
  let userInfo: [CodingUserInfoKey: Any]
  let journal: Journal
  /// Whether the value is a dictionary with names for keys.
  var isDictionary = false

  /// Reads the node as a value of that type.
  func read<T: Decodable>(_ type: T.Type) throws -> T {
    try journal.attempt {
      if let scalar = type as? any ScalarText.Type {
        try refuseNil(type)
        journal.mark(node, .textRead)
        guard let value = scalar.init(elementText: node.text) as? T else {
          throw corrupted("\(quotedText) is not \(scalar.kind)")
        }
        return value
      }
      var decoder = self
      decoder.isDictionary = (type as? any KeyedByName.Type)?.isKeyedByName ?? false
      do {
        return try type.init(from: decoder)
      } catch let error as DecodingError {
        throw refusedRawValue(type, error) ?? error
      } catch let error as DocumentError {
        throw error
      } catch {
        // A value's own error knows no path: give it this one.
        throw corrupted("\(error)")
      }
    }
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    try refuseNil(type)
    return KeyedDecodingContainer(FieldsDecoder<Key>(decoder: self))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try refuseNil([String].self)
    return ItemsDecoder(decoder: self)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer {
    self
  }

  func decodeNil() -> Bool {
    node.isNil
  }

  func decode<T: Decodable>(_ type: T.Type) throws -> T {
    try read(type)
  }

  /// A decoder for a child that was asked for by `key`.
  func descend(_ child: InputNode, _ key: PathKey) -> ValueDecoder {
    journal.mark(child, isDictionary ? [.claimed, .nameRead] : .claimed)
    return ValueDecoder(
      node: child, codingPath: codingPath + [key], userInfo: userInfo, journal: journal)
  }

  func corrupted(_ reason: String) -> DecodingError {
    DecodingError.dataCorrupted(
      DecodingError.Context(codingPath: codingPath, debugDescription: reason))
  }

  private func refuseNil(_ type: Any.Type) throws {
    guard node.isNil else { return }
    throw DecodingError.valueNotFound(
      type,
      DecodingError.Context(codingPath: codingPath, debugDescription: "the value is missing"))
  }

  /// The sentence for a text that is none of an enumeration's raw values.
  private func refusedRawValue(_ type: Any.Type, _ error: DecodingError) -> DecodingError? {
    guard case .dataCorrupted(let context) = error, context.codingPath.count == codingPath.count,
      let choices = type as? any (CaseIterable & RawRepresentable).Type
    else { return nil }
    return corrupted("\(quotedText) is none of \(rawValues(choices).joined(separator: ", "))")
  }

  private func rawValues<T: CaseIterable & RawRepresentable>(_ type: T.Type) -> [String] {
    type.allCases.map { "\($0.rawValue)" }
  }

  private var quotedText: String {
    node.text.count > 40 ? "\"\(node.text.prefix(40))…\"" : "\"\(node.text)\""
  }
}
