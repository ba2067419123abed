import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Builds the tree from the parser's events and stops it at the first thing that is wrong.
final class XMLTreeBuilder: NSObject, XMLParserDelegate {
  private let limits: XMLLimits
  private var open: [Element] = []
  private var elements = 0
  private(set) var root: Element?
  private(set) var error: XMLReadError?

  /// The innermost element that has not ended, or nil.
  var openElement: String? { open.last?.name }

  init(limits: XMLLimits) {
    self.limits = limits
  }

  func parser(
    _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String] = [:]
  ) {
    elements += 1
    let isLong = attributes.contains { $0.utf8.count + $1.utf8.count > limits.attributeBytes }
    if open.count >= limits.depth {
      fail(parser, "the elements are nested deeper than \(limits.depth)")
    } else if elements > limits.elements {
      fail(parser, "there are more than \(limits.elements) elements")
    } else if attributes.count > limits.attributes {
      fail(parser, "an element has more than \(limits.attributes) attributes")
    } else if isLong {
      fail(parser, "an attribute is longer than \(limits.attributeBytes) bytes")
    } else {
      open.append(Element(elementName, attributes: attributes))
    }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    guard error == nil, !open.isEmpty else { return }
    open[open.count - 1].text += string
    if open[open.count - 1].text.utf8.count > limits.textBytes {
      fail(parser, "a text is longer than \(limits.textBytes) bytes")
    }
  }

  func parser(_ parser: XMLParser, foundCDATA CDATABlock: Data) {
    self.parser(parser, foundCharacters: String(decoding: CDATABlock, as: UTF8.self))
  }

  func parser(
    _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?,
    qualifiedName qName: String?
  ) {
    guard error == nil, var element = open.popLast() else { return }
    if !element.children.isEmpty {
      let isLayout = element.text.utf8.allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
      guard isLayout else {
        return fail(parser, "text and elements stand side by side in <\(element.name)>")
      }
      element.text = ""
    }
    if open.isEmpty {
      root = element
    } else {
      open[open.count - 1].children.append(element)
    }
  }

  func parser(_ parser: XMLParser, parseErrorOccurred parseError: any Error) {
    fail(parser, reason(code: (parseError as NSError).code))
  }

  // The document type is cut off before; should one come all the same, it ends here.

  func parser(
    _ parser: XMLParser, resolveExternalEntityName name: String, systemID: String?
  ) -> Data? {
    fail(parser, "the entity &\(name); is not known")
    return nil
  }

  func parser(
    _ parser: XMLParser, foundInternalEntityDeclarationWithName name: String, value: String?
  ) {
    fail(parser, "an entity is declared, which is not accepted")
  }

  func parser(
    _ parser: XMLParser, foundExternalEntityDeclarationWithName name: String, publicID: String?,
    systemID: String?
  ) {
    fail(parser, "an entity is declared, which is not accepted")
  }

  private func fail(_ parser: XMLParser, _ reason: String) {
    guard error == nil else { return }
    error = XMLReadError(line: max(1, parser.lineNumber), reason: reason)
    parser.abortParsing()
  }

  /// The parser's error numbers are those of libxml2's `xmlParserErrors`.
  private func reason(code: Int) -> String {
    switch code {
    case 1: "the XML is malformed, or a comment or a name in it is too long"
    case 4, 5: endReason
    case 6, 7, 8: "a character reference is not correct"
    case 9: "there is a character that XML cannot hold"
    case 22, 23, 24, 25, 68: "a name or an & is not correct"
    case 26, 27: "an entity is not known"
    case 38: "there is a < in the value of an attribute"
    case 39, 40, 41, 65: "an attribute is not correct"
    case 42: "an element has the same attribute twice"
    case 45, 80: "a comment is not correct"
    case 62: "the text holds ]]>"
    case 73: "a > is missing"
    case 74, 76, 77: "the end tag does not fit <\(open.last?.name ?? "")>"
    case 201: "a name has a prefix that is not declared"
    default: "the XML is malformed (error \(code))"
    }
  }

  private var endReason: String {
    if let open = open.last { return "the document ends before </\(open.name)>" }
    return root == nil
      ? "the document holds no element" : "something follows the end of the root element"
  }
}
