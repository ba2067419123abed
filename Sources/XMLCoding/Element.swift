/// One XML element of a saved configuration: a setting, or a group of settings.
///
/// An element holds text or children. A tree that mixes both in one element has no written form
/// here: blanks between children are layout and are not kept.
public struct Element: Equatable, Sendable {
  /// The name between the angle brackets, such as `host_name`.
  public var name: String
  /// The attributes by name; they are written in the order of their names.
  public var attributes: [String: String]
  /// The text, exactly: blanks and line ends count; empty when there are children.
  public var text: String
  /// The elements inside, in order.
  public var children: [Element]

  /// Makes an element that holds `text` or `children`.
  public init(
    _ name: String, attributes: [String: String] = [:], text: String = "",
    children: [Element] = []
  ) {
    self.name = name
    self.attributes = attributes
    self.text = text
    self.children = children
  }

  /// The first child of that name, or nil.
  public func child(_ name: String) -> Element? {
    children.first { $0.name == name }
  }
}
