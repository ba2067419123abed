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
      func place(_ name: String) -> String { path.isEmpty ? name : "\(path)/\(name)" }
      let own = Self.ownNames(of: element.children)
      if let own, own.count > 1 {
        settings.append(Setting(name: place(Setting.order), value: own.joined(separator: ", ")))
      }
      for (number, child) in element.children.enumerated() {
        collect(child, place(own?[number] ?? (child.name == "item" ? "\(number + 1)" : child.name)))
      }
    }
    collect(element, "")
    return settings
  }

  /// The names of a list's items, by which they go, so that a new one does not seem to change all
  /// behind it; nil where they are no such items, or two have the same.
  private static func ownNames(of elements: [Element]) -> [String]? {
    let names = elements.compactMap { element -> String? in
      guard element.name == "item" else { return nil }
      let name = element.children.first {
        ["name", "address", "pattern", "domain"].contains($0.name) && $0.children.isEmpty
      }
      return name?.text
    }
    let isComplete = names.count == elements.count && !names.contains("")
    return isComplete && Set(names).count == names.count ? names : nil
  }
}
