/// A coding key that also knows how its place is called in a path that a user reads.
struct PathKey: CodingKey {
  let stringValue: String
  let intValue: Int?
  /// The step in the path: `port`, `item[2]` (counted from 1) or `entry[example.com]`.
  let step: String

  init(_ key: any CodingKey, isEntry: Bool) {
    stringValue = key.stringValue
    intValue = key.intValue
    step = isEntry ? "entry[\(key.stringValue)]" : ElementName.encode(key.stringValue)
  }

  init(index: Int) {
    stringValue = "\(index)"
    intValue = index
    step = "item[\(index + 1)]"
  }

  init(root: String) {
    stringValue = root
    intValue = nil
    step = root
  }

  init(stringValue: String) {
    self.init(root: ElementName.encode(stringValue))
  }

  init(intValue: Int) {
    self.init(index: intValue)
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
