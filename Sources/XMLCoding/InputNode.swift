/// An element that is being decoded, with a note of what was read of it.
final class InputNode {
  struct Marks: OptionSet {
    let rawValue: UInt8
    /// Somebody asked for the element.
    static let claimed = Marks(rawValue: 1)
    /// Its text was the value.
    static let textRead = Marks(rawValue: 2)
    /// Its `name` was the key of an entry.
    static let nameRead = Marks(rawValue: 4)
  }

  let name: String
  let attributes: [String: String]
  let text: String
  let children: [InputNode]
  fileprivate(set) var marks: Marks = []

  /// The first child of each name.
  private(set) lazy var fields = Dictionary(
    children.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  /// The first entry of each name.
  private(set) lazy var entries = Dictionary(
    children.compactMap { child in child.entryName.map { ($0, child) } },
    uniquingKeysWith: { first, _ in first })
  /// The items of a list.
  private(set) lazy var items = children.filter { $0.name == "item" }

  init(_ element: Element) {
    name = element.name
    attributes = element.attributes
    text = element.text
    children = element.children.map(InputNode.init)
  }

  /// Whether the element says that there is no value.
  var isNil: Bool { attributes["nil"] == "yes" }

  /// The key of a dictionary's entry, nil for any other element.
  var entryName: String? { name == "entry" ? attributes["name"] : nil }

  /// The paths of everything in here that nobody asked for.
  func unknown(at path: String, isRoot: Bool = false) -> [String] {
    var found: [String] = []
    if !isRoot {
      for attribute in attributes.keys.sorted() {
        let isKnown =
          (attribute == "nil" && isNil) || (attribute == "name" && marks.contains(.nameRead))
        if !isKnown { found.append("\(path)/@\(attribute)") }
      }
    }
    if !marks.contains(.textRead), !text.trimmed.isEmpty { found.append("\(path)/text()") }
    var counts: [String: Int] = [:]
    for child in children {
      let count = counts[child.name, default: 0] + 1
      counts[child.name] = count
      var step = child.name
      if let key = child.entryName {
        step += "[\(key)]"
      } else if count > 1 || child.name == "item" {
        step += "[\(count)]"
      }
      let childPath = "\(path)/\(step)"
      if child.marks.contains(.claimed) {
        found += child.unknown(at: childPath)
      } else {
        found.append(childPath)
      }
    }
    return found
  }
}

/// The marks in the order they were set, so that those of a failed attempt can be taken back: a
/// type that tries one form and then another must not hide what the first one alone knew.
final class Journal {
  private var entries: [(node: InputNode, before: InputNode.Marks)] = []

  func mark(_ node: InputNode, _ marks: InputNode.Marks) {
    guard !node.marks.isSuperset(of: marks) else { return }
    entries.append((node, node.marks))
    node.marks.formUnion(marks)
  }

  /// Runs `body`; when it throws, its marks are gone.
  func attempt<T>(_ body: () throws -> T) throws -> T {
    let start = entries.count
    do {
      return try body()
    } catch {
      for entry in entries[start...].reversed() { entry.node.marks = entry.before }
      entries.removeSubrange(start...)
      throw error
    }
  }
}
