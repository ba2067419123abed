/// A value of any shape, as JSON has it.
enum JSONValue: Decodable {
  case null
  case flag(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case list([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let integer = try? container.decode(Int.self) {
      self = .integer(integer)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let string = try? container.decode(String.self) {
      self = .string(string)
    } else if let list = try? container.decode([JSONValue].self) {
      self = .list(list)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  /// A property, or an element by its number; nil where there is none.
  subscript(step: String) -> JSONValue? {
    switch self {
    case .object(let object): object[step]
    case .list(let list): Int(step).flatMap { list.indices.contains($0) ? list[$0] : nil }
    default: nil
    }
  }

  /// The value on one line; nil for null.
  var text: String? {
    switch self {
    case .null: nil
    case .flag(let flag): flag ? "yes" : "no"
    case .integer(let integer): String(integer)
    case .number(let number): String(number)
    case .string(let string): string
    case .list(let list): list.compactMap(\.text).joined(separator: ", ")
    case .object(let object):
      object.sorted { $0.key < $1.key }
        .compactMap { key, value in value.text.map { "\(key): \($0)" } }.joined(separator: ", ")
    }
  }
}
