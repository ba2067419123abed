/// A coding key that also knows how its place is called in a path that a user reads.
struct PathKey: CodingKey {
  private enum Place {
    case root, field, entry, item
  }

  let stringValue: String
  let intValue: Int?
  private let place: Place

  /// The key of a field, or of a dictionary's entry.
  init(_ key: any CodingKey, isEntry: Bool) {
    stringValue = key.stringValue
    intValue = key.intValue
    place = isEntry ? .entry : .field
  }

  /// The place of an item in its list, counted from 0.
  init(index: Int) {
    stringValue = "\(index)"
    intValue = index
    place = .item
  }

  /// The start of a path, taken as it stands.
  init(root: String) {
    stringValue = root
    intValue = nil
    place = .root
  }

  init(stringValue: String) {
    self.stringValue = stringValue
    intValue = nil
    place = .field
  }

  init(intValue: Int) {
    self.init(index: intValue)
  }

  /// The step in the path: `port`, `item[2]` (counted from 1) or `entry[example.com]`.
  private var step: String {
    switch place {
    case .root: stringValue
    case .field: ElementName.encode(stringValue)
    case .entry: "entry[\(stringValue)]"
    case .item: "item[\((intValue ?? 0) + 1)]"
    }
  }

  /// The whole path of these keys; keys that come from elsewhere are spelled as element names.
  static func path(_ keys: [any CodingKey]) -> String {
    keys.map { key in
      if let key = key as? PathKey { return key.step }
      return key.intValue.map { "item[\($0 + 1)]" } ?? ElementName.encode(key.stringValue)
    }.joined(separator: "/")
  }
}

extension DocumentError {
  /// The same complaint with its path spelled in elements; any other error gets `path`.
  init(_ error: any Error, at path: String) {
    switch error {
    case let error as DocumentError: self = error
    case DecodingError.keyNotFound(let key, let context):
      self.init(
        path: PathKey.path(context.codingPath + [key]), reason: "the element is missing")
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
      DecodingError.dataCorrupted(let context):
      self.init(path: PathKey.path(context.codingPath), reason: context.debugDescription)
    case EncodingError.invalidValue(_, let context):
      self.init(path: PathKey.path(context.codingPath), reason: context.debugDescription)
    default: self.init(path: path, reason: "\(error)")
    }
  }
}
