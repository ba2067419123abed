import PKI
import XMLCoding

extension AnyConfigurationValue {
  /// One setting of an object, for people.
  public struct Setting: Hashable, Sendable {
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
      var counts: [String: Int] = [:]
      for child in element.children {
        counts[child.name, default: 0] += 1
        let name = child.name == "item" ? "\(counts[child.name] ?? 0)" : child.name
        collect(child, path.isEmpty ? name : "\(path)/\(name)")
      }
    }
    collect(element, "")
    return settings
  }
}
