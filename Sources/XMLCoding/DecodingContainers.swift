/// Fields of a value, or entries of a dictionary.
struct FieldsDecoder<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let decoder: ValueDecoder

  var codingPath: [any CodingKey] { decoder.codingPath }

  var allKeys: [Key] {
    let node = decoder.node
    var seen: Set<String> = []
    return node.children.compactMap { child in
      let key = decoder.isDictionary ? child.entryName : ElementName.decode(child.name)
      guard let key, seen.insert(key).inserted else { return nil }
      return Key(stringValue: key)
    }
  }

  func contains(_ key: Key) -> Bool {
    child(key) != nil
  }

  /// Nil is written by leaving a field out, so a missing one is nil as well.
  func decodeNil(forKey key: Key) -> Bool {
    guard let child = child(key) else { return true }
    if child.isNil { _ = descend(child, key) }
    return child.isNil
  }

  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    if child(key) == nil, type is any ExpressibleByNilLiteral.Type {
      // An optional that its type decodes without `IfPresent`: let it read a nil.
      let missing = InputNode(Element("", attributes: ["nil": "yes"]))
      return try descend(missing, key).read(type)
    }
    return try decoder.journal.attempt { try present(key).read(type) }
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    try present(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try present(key).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder {
    try present(PathKey(stringValue: "super"))
  }

  func superDecoder(forKey key: Key) throws -> any Decoder {
    try present(key)
  }

  private func child(_ key: any CodingKey) -> InputNode? {
    if decoder.isDictionary { return decoder.node.entries[key.stringValue] }
    let fields = decoder.node.fields
    return fields[ElementName.encode(key.stringValue)]
      ?? fields[ElementName.encodeLetterByLetter(key.stringValue)]
  }

  private func present(_ key: any CodingKey) throws -> ValueDecoder {
    guard let child = child(key) else {
      throw DecodingError.keyNotFound(
        key,
        DecodingError.Context(codingPath: codingPath, debugDescription: "the element is missing"))
    }
    return descend(child, key)
  }

  private func descend(_ child: InputNode, _ key: any CodingKey) -> ValueDecoder {
    decoder.descend(child, PathKey(key, isEntry: decoder.isDictionary))
  }
}

/// Items of a list.
struct ItemsDecoder: UnkeyedDecodingContainer {
  let decoder: ValueDecoder
  private(set) var currentIndex = 0

  init(decoder: ValueDecoder) {
    self.decoder = decoder
  }

  var codingPath: [any CodingKey] { decoder.codingPath }
  var count: Int? { decoder.node.items.count }
  var isAtEnd: Bool { currentIndex >= decoder.node.items.count }

  mutating func decodeNil() throws -> Bool {
    guard try next().node.isNil else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
    let value = try decoder.journal.attempt { try next().read(type) }
    currentIndex += 1
    return value
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> {
    let container = try next().container(keyedBy: type)
    currentIndex += 1
    return container
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    let container = try next().unkeyedContainer()
    currentIndex += 1
    return container
  }

  mutating func superDecoder() throws -> any Decoder {
    let next = try next()
    currentIndex += 1
    return next
  }

  private func next() throws -> ValueDecoder {
    let items = decoder.node.items
    let key = PathKey(index: currentIndex)
    guard currentIndex < items.count else {
      throw DecodingError.valueNotFound(
        Any.self,
        DecodingError.Context(
          codingPath: codingPath + [key], debugDescription: "the element is missing"))
    }
    return decoder.descend(items[currentIndex], key)
  }
}
