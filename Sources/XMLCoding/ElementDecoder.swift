/// Turns an `Element` back into the value that `ElementEncoder` wrote, and tells what it did not
/// understand.
public struct ElementDecoder: Sendable {
  /// Handed to every `Decoder`, so that a value can ask how it was written.
  public var userInfo: [CodingUserInfoKey: any Sendable]

  /// Makes a decoder that hands `userInfo` to the values it decodes.
  public init(userInfo: [CodingUserInfoKey: any Sendable] = [:]) {
    self.userInfo = userInfo
  }

  /// Decodes a value and lists all that the value's type did not ask for.
  ///
  /// - Parameters:
  ///   - type: what the element holds.
  ///   - element: the element; its own name and attributes belong to the caller.
  ///   - parent: the path of the element around it, such as `config`, for errors and the list.
  /// - Returns: the value, and the paths of unknown elements (`config/listener/colour`), of a
  ///   repeated one (`…/port[2]`), of unknown attributes (`…/port/@unit`) and of text beside
  ///   elements (`…/text()`), in the order of the file.
  /// - Throws: `DocumentError` with the path of an element that is missing or holds a wrong text.
  public func decode<T: Decodable>(
    _ type: T.Type, from element: Element, under parent: String = ""
  ) throws(DocumentError) -> (value: T, unknown: [String]) {
    let path = parent.isEmpty ? element.name : "\(parent)/\(element.name)"
    let node = InputNode(element)
    let decoder = ValueDecoder(
      node: node, codingPath: [PathKey(root: path)], userInfo: userInfo, journal: Journal())
    do {
      let value = try decoder.read(type)
      return (value, node.unknown(at: path, isRoot: true))
    } catch {
      throw DocumentError(error, at: path)
    }
  }
}
