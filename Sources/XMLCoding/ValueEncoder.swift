/// The `Encoder` of one value, which becomes the content of one node; also its single-value
/// container.
struct ValueEncoder: Encoder, SingleValueEncodingContainer {
  let node: OutputNode
  let codingPath: [any CodingKey]
  let userInfo: [CodingUserInfoKey: Any]
  /// Whether the value is a dictionary with names for keys.
  var isDictionary = false

  /// Writes a value into the node: a text at once, anything else by its own `encode(to:)`.
  func write(_ value: some Encodable) throws {
    if let scalar = value as? any ScalarText {
      guard let text = scalar.elementText else {
        throw EncodingError.invalidValue(
          value,
          EncodingError.Context(
            codingPath: codingPath,
            debugDescription: "the value cannot be written as \(type(of: scalar).kind)"))
      }
      node.text = text
      return
    }
    var encoder = self
    encoder.isDictionary = (type(of: value) as? any KeyedByName.Type)?.isKeyedByName ?? false
    try value.encode(to: encoder)
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    node.layout = isDictionary ? .entries : .fields
    return KeyedEncodingContainer(FieldsEncoder<Key>(encoder: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    node.layout = .items
    return ItemsEncoder(encoder: self)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    self
  }

  func encodeNil() {
    node.isNil = true
  }

  func encode<T: Encodable>(_ value: T) throws {
    try write(value)
  }

  /// An encoder for a new child that stands for `key`.
  func field(_ key: any CodingKey) -> ValueEncoder {
    let child = OutputNode(isDictionary ? "entry" : ElementName.encode(key.stringValue))
    if isDictionary { child.attributes["name"] = key.stringValue }
    return adopt(child, PathKey(key, isEntry: isDictionary))
  }

  /// An encoder for a new item at the end.
  func item() -> ValueEncoder {
    adopt(OutputNode("item"), PathKey(index: node.children.count))
  }

  private func adopt(_ child: OutputNode, _ key: PathKey) -> ValueEncoder {
    node.children.append(child)
    return ValueEncoder(node: child, codingPath: codingPath + [key], userInfo: userInfo)
  }
}

/// Fields of a value, or entries of a dictionary.
private struct FieldsEncoder<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let encoder: ValueEncoder

  var codingPath: [any CodingKey] { encoder.codingPath }

  mutating func encodeNil(forKey key: Key) {
    encoder.field(key).encodeNil()
  }

  mutating func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
    try encoder.field(key).write(value)
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy keyType: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    encoder.field(key).container(keyedBy: keyType)
  }

  mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    encoder.field(key).unkeyedContainer()
  }

  mutating func superEncoder() -> any Encoder {
    encoder.field(PathKey(stringValue: "super"))
  }

  mutating func superEncoder(forKey key: Key) -> any Encoder {
    encoder.field(key)
  }
}

/// Items of a list.
private struct ItemsEncoder: UnkeyedEncodingContainer {
  let encoder: ValueEncoder

  var codingPath: [any CodingKey] { encoder.codingPath }
  var count: Int { encoder.node.children.count }

  mutating func encodeNil() {
    encoder.item().encodeNil()
  }

  mutating func encode<T: Encodable>(_ value: T) throws {
    try encoder.item().write(value)
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy keyType: Nested.Type
  ) -> KeyedEncodingContainer<Nested> {
    encoder.item().container(keyedBy: keyType)
  }

  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    encoder.item().unkeyedContainer()
  }

  mutating func superEncoder() -> any Encoder {
    encoder.item()
  }
}
