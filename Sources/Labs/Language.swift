/// A language in which labs speak; menus and prompts stay English, as on the appliance.
public enum Language: String, CaseIterable, Sendable {
  /// English.
  case english = "en"
  /// Japanese.
  case japanese = "ja"

  /// The language of a locale's name, such as `ja_JP.UTF-8`.
  public init?(locale: String) {
    self.init(rawValue: String(locale.prefix { $0.isLetter }))
  }

  /// The language that a user's environment asks for; English when it asks for none of these.
  ///
  /// - Parameter environment: `LC_ALL` counts before `LC_MESSAGES`, and that before `LANG`
  ///   (locale(7)).
  public static func preferred(in environment: [String: String]) -> Language {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }
      .first { !$0.isEmpty }
    return locale.flatMap(Language.init(locale:)) ?? .english
  }
}
