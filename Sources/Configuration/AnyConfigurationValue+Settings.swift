import PKI
import XMLCoding

extension AnyConfigurationValue {
  /// One setting of an object, for people.
  public struct Setting: Hashable, Sendable {
    /// The last part of the place at which the order of a list stands, as the names of its items.
    public static let order = "order"

    /// Its place within the object, such as `host_access/defaults/tls`.
    public let name: String
    /// Its value as text; secrets are masked.
    public let value: String
  }

  /// The object's settings, each with its place and its value.
  public var settings: [Setting] {
    let encoder = ElementEncoder(userInfo: [.secretCoding: SecretCoding.masked])
    guard let element = try? encoder.encode(value, as: "") else { return [] }
    var settings: [Setting] = []
    func collect(_ element: Element, _ path: String) {
      if element.children.isEmpty {
        settings.append(Setting(name: path, value: element.text))
      }
      let names = Self.names(of: element.children)
      func place(_ name: String) -> String { path.isEmpty ? name : "\(path)/\(name)" }
      if names.count > 1, element.children.allSatisfy({ $0.name == "item" }), names[0] != "1" {
        settings.append(
          Setting(name: place(Setting.order), value: names.joined(separator: ", ")))
      }
      for (child, name) in zip(element.children, names) { collect(child, place(name)) }
    }
    collect(element, "")
    return settings
  }

  /// Items of a list go by their own names, so that a new one does not seem to change all behind it;
  /// by their numbers where they have none.
  private static func names(of elements: [Element]) -> [String] {
    let own = elements.map { $0.name == "item" ? ownName(of: $0) : $0.name }
    guard own.contains(nil) || Set(own).count < own.count else { return own.compactMap(\.self) }
    return elements.enumerated().map { $1.name == "item" ? "\($0 + 1)" : $1.name }
  }

  private static func ownName(of item: Element) -> String? {
    item.children.first { ["name", "address", "pattern", "domain"].contains($0.name) }
      .flatMap { $0.children.isEmpty && !$0.text.isEmpty ? $0.text : nil }
  }
}
