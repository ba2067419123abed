/// One operation of a menu, shown as `- NEW - Create a new entry`.
///
/// Menus are small enums whose raw value is the word that is typed, in capitals.
public protocol MenuOperation: Sendable, Equatable {
  /// The word that is typed.
  var word: String { get }
  /// What it does, in one line.
  var summary: String { get }
}

extension MenuOperation where Self: RawRepresentable, RawValue == String {
  /// The raw value.
  public var word: String { rawValue }
}

/// One item of a numbered list: what is shown, and what it stands for.
public struct Choice<Value: Sendable>: Sendable {
  /// The text behind the number.
  public let title: String
  /// Other texts that choose it.
  public let aliases: [String]
  /// What choosing it yields.
  public let value: Value

  /// Makes an item.
  public init(_ title: String, _ value: Value, aliases: [String] = []) {
    self.title = title
    self.value = value
    self.aliases = aliases
  }
}

extension StringProtocol {
  /// The index of the first name in a list that is this text, or else of the first that is it in
  /// another case: names that differ in case only are different names.
  func index(in names: [[String]]) -> Int? {
    names.firstIndex { $0.contains { $0 == self } }
      ?? names.firstIndex { $0.contains { $0.lowercased() == lowercased() } }
  }
}
