/// Turns any `Encodable` value into an `Element`.
///
/// A property is a child in snake case (`hostName` → `host_name`), an array repeated `item`
/// children, a dictionary with string keys `entry` children with a `name`; nil is left out, true
/// is `yes`, a `Date` is ISO 8601 in UTC and `Data` base64. `ElementDecoder` is the exact inverse.
public struct ElementEncoder: Sendable {
  /// Handed to every `Encoder`, so that a value can ask how it is to be written.
  public var userInfo: [CodingUserInfoKey: any Sendable]

  /// Makes an encoder that hands `userInfo` to the values it encodes.
  public init(userInfo: [CodingUserInfoKey: any Sendable] = [:]) {
    self.userInfo = userInfo
  }

  /// The element called `name` that holds `value`.
  ///
  /// - Throws: `DocumentError` when a value in it has no text, such as a `Date` after the year
  ///   9999, or when a value's own encoding fails.
  public func encode(_ value: some Encodable, as name: String) throws(DocumentError) -> Element {
    let node = OutputNode(name)
    do {
      let encoder = ValueEncoder(node: node, codingPath: [PathKey(root: name)], userInfo: userInfo)
      try encoder.write(value)
    } catch {
      throw DocumentError(error, at: name)
    }
    return node.element
  }
}

/// An element under construction, shared by the containers that fill it.
final class OutputNode {
  /// What the children stand for.
  enum Layout {
    case fields, items, entries
  }

  let name: String
  var attributes: [String: String] = [:]
  var text = ""
  var children: [OutputNode] = []
  var layout = Layout.fields
  /// Set for nil: a field is then left out, an item or an entry stays and says so.
  var isNil = false

  init(_ name: String) {
    self.name = name
  }

  var element: Element {
    var kept = layout == .fields ? children.filter { !$0.isNil } : children
    if layout == .entries {
      // A dictionary hands them over in no order; the file must not change without a reason.
      kept.sort { left, right in
        (left.attributes["name"] ?? "").utf8.lexicographicallyPrecedes(
          (right.attributes["name"] ?? "").utf8)
      }
    }
    var attributes = attributes
    if isNil { attributes["nil"] = "yes" }
    return Element(name, attributes: attributes, text: text, children: kept.map(\.element))
  }
}

/// Says of a dictionary's type whether its keys are names: then it is written as entries.
protocol KeyedByName {
  static var isKeyedByName: Bool { get }
}

extension Dictionary: KeyedByName {
  // The same test decides in the standard library whether a dictionary asks for a keyed container.
  static var isKeyedByName: Bool { Key.self is any CodingKeyRepresentable.Type }
}
