/// The words for the values of a parameter; a word's place in the list, from 0, stands for it too.
struct Words<Value: Equatable & Sendable>: Sendable {
  /// The words as they are written, with what they mean.
  private let list: [(word: String, value: Value)]

  init(_ list: [(word: String, value: Value)]) { self.list = list }

  /// What a word, in any case, or a digit means.
  ///
  /// - Throws: `ConfigurationError` that names the words there are.
  func value(_ text: String) throws(ConfigurationError) -> Value {
    if let found = list.first(where: { $0.word.lowercased() == text.lowercased() }) {
      return found.value
    }
    if let digit = Int(text), String(digit) == text, list.indices.contains(digit) {
      return list[digit].value
    }
    throw ConfigurationError(
      "\(text.quoted) is none of \(list.map(\.word).joined(separator: ", ")), "
        + "and no number from 0 to \(list.count - 1).")
  }

  /// The word for a value.
  func word(_ value: Value) -> String { list.first { $0.value == value }?.word ?? "" }
}

extension Words where Value: RawRepresentable<String> & CaseIterable {
  /// The raw values, in the order of the cases.
  fileprivate static var cases: Words { Words(Value.allCases.map { ($0.rawValue, $0) }) }
}

extension Words<OutboundTLS> {
  static let tls = cases
}

extension Words<DANESupport> {
  static let dane = cases
}

extension Words<AddressPreference> {
  static let addressPreference = cases
}

extension Words<Bool> {
  static let flag = Words([("off", false), ("on", true)])
  static let limitType = Words([("host", false), ("MXIP", true)])
  static let limitApply = Words([("system", false), ("VG", true)])
}
