/// A text in every language of the labs.
public struct LocalText: Hashable, Sendable {
  private let texts: [Language: String]

  /// Makes a text.
  public init(english: String, japanese: String) {
    texts = [.english: english, .japanese: japanese]
  }

  /// The text in a language.
  public subscript(language: Language) -> String { texts[language] ?? "" }

  /// The text in a language, with what was seen in the place of `{observed}`.
  public func text(in language: Language, observed: String) -> String {
    self[language].replacing("{observed}", with: observed)
  }
}

extension LocalText: Decodable {
  /// Reads a mapping with a text for each language; none may be missing.
  ///
  /// A text alone stands for all of them: who writes labs for one class speaks one language.
  public init(from decoder: any Decoder) throws {
    if let text = try? decoder.singleValueContainer().decode(String.self) {
      texts = Dictionary(uniqueKeysWithValues: Language.allCases.map { ($0, text) })
      return
    }
    let container = try decoder.container(keyedBy: LanguageKey.self)
    var texts: [Language: String] = [:]
    for language in Language.allCases {
      texts[language] = try container.decode(String.self, forKey: LanguageKey(language))
    }
    self.texts = texts
  }

  private struct LanguageKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ language: Language) { stringValue = language.rawValue }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
